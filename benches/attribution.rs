//! How fast the stages behind the names are, with the entities given: megabytes
//! of text a second on one core. Each stage alone, over the labelled articles of
//! `eval/gold/dev` with their recorded names; sources and rules together also
//! over one short article, with nothing in the processor's caches but that.

use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use wiezei::attribution;
use wiezei::formats::{Names, Texts, gold};
use wiezei::marks::{self, Marks};
use wiezei::ner::{Entity, Label};
use wiezei::sources::{self, Cast};
use wiezei::syntax::{self, Tagged};
use wiezei::text::{Document, Span};
use wiezei::tokenize::{Tokenized, tokenize};

fn main() {
    divan::main();
}

/// How often the one article is read.
const TIMES: usize = 200;

const ARTICLE: &str = "Dijk langs de vaart moet hoger\n\n\
De dijk langs de vaart moet voor de winter een halve meter hoger. Dat heeft wethouder Noor \
Bakker dinsdag gezegd. \"Wij kunnen niet langer wachten\", zei ze. \"Het water stijgt.\"\n\n\
Volgens een woordvoerder van het waterschap is er geld genoeg. Omwonenden noemen het plan \
„onbegonnen werk”. Zij vrezen dat hun tuinen verdwijnen, vertelt Joris De Meulder, die al \
veertig jaar aan de kade woont.\n\n\
De Meulder heeft een brief geschreven aan de gemeente. Daarin vraagt hij om uitstel. ‘Eerst \
praten, dan graven’, staat boven de brief. De wethouder wil daar niet aan: \"Praten kan, maar \
graven ook.\" De schop gaat in september in de grond, bevestigt een ambtenaar.\n\n\
‘Te laat’\n\n\
Oud-dijkgraaf Wim Maes is sceptisch. \"Dit is te laat en te weinig. Wij wisten het al in 1995.\" \
Het waterschap laat weten dat de berekeningen toen anders waren.\n";

const NAMES: [(&str, Label); 4] = [
    ("Noor Bakker", Label::Per),
    ("Joris De Meulder", Label::Per),
    ("De Meulder", Label::Per),
    ("Wim Maes", Label::Per),
];

/// An article with what each stage makes of it.
struct Article {
    document: Document,
    tokenized: Tokenized,
    tagged: Tagged,
    marks: Marks,
    names: Vec<Entity>,
    cast: Cast,
}

impl Article {
    fn read(document: Document, names: Vec<Entity>) -> Self {
        let text = document.text();
        let tokenized = tokenize(text);
        let tagged = syntax::tag(text, &tokenized);
        let marks = marks::pair(text, &tokenized);
        let cast = sources::cast(&document, &tokenized, &tagged, &names, &marks.candidates);
        Self { document, tokenized, tagged, marks, names, cast }
    }

    fn text(&self) -> &str {
        self.document.text()
    }

    fn tag(&self) -> Tagged {
        syntax::tag(self.text(), &self.tokenized)
    }

    fn sources(&self) -> Cast {
        let Self { document, tokenized, tagged, marks, names, .. } = self;
        sources::cast(document, tokenized, tagged, names, &marks.candidates)
    }

    fn rules(&self, cast: &Cast) -> attribution::Outcome {
        let Self { document, tokenized, tagged, marks, .. } = self;
        attribution::attribute(document, tokenized, tagged, cast, &marks.candidates)
    }
}

fn one_article() -> Article {
    let mut names: Vec<Entity> = Vec::new();
    for (name, label) in NAMES {
        for (start, _) in ARTICLE.match_indices(name) {
            let span = Span::of(start..start + name.len());
            if !names.iter().any(|other| other.span.overlaps(span)) {
                names.push(Entity { span, label, score: 1.0 });
            }
        }
    }
    names.sort_by_key(|entity| entity.span);
    Article::read(Document::new("bench", ARTICLE).expect("a document"), names)
}

fn labelled_articles() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("eval/gold");
    let names = Names::read(&folder.join("names.jsonl")).expect("the recorded names");
    let labelled = gold::read(&folder.join("dev"), &Texts::default()).expect("labelled articles");
    let read = |document: Document| {
        let own = names.of(&document).expect("names of each article").expect("names that fit");
        Article::read(document, own)
    };
    labelled.into_iter().map(|labelled| read(labelled.document)).collect()
}

/// Runs a stage over all labelled articles.
fn over_articles<T>(bencher: Bencher<'_, '_>, stage: impl Fn(&Article) -> T) {
    let articles = labelled_articles();
    let bytes: usize = articles.iter().map(|article| article.text().len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for article in &articles {
            divan::black_box(stage(article));
        }
    });
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    over_articles(bencher, |article| tokenize(article.text()));
}

#[divan::bench]
fn tags(bencher: Bencher<'_, '_>) {
    over_articles(bencher, Article::tag);
}

#[divan::bench]
fn quotation_marks(bencher: Bencher<'_, '_>) {
    over_articles(bencher, |article| marks::pair(article.text(), &article.tokenized));
}

#[divan::bench]
fn sources(bencher: Bencher<'_, '_>) {
    over_articles(bencher, Article::sources);
}

#[divan::bench]
fn rules(bencher: Bencher<'_, '_>) {
    over_articles(bencher, |article| article.rules(&article.cast));
}

#[divan::bench]
fn sources_and_rules(bencher: Bencher<'_, '_>) {
    over_articles(bencher, |article| article.rules(&article.sources()));
}

#[divan::bench]
fn tags_sources_and_rules(bencher: Bencher<'_, '_>) {
    over_articles(bencher, |article| {
        let tagged = article.tag();
        let Article { document, tokenized, marks, names, .. } = article;
        let cast = sources::cast(document, tokenized, &tagged, names, &marks.candidates);
        attribution::attribute(document, tokenized, &tagged, &cast, &marks.candidates)
    });
}

#[divan::bench]
fn sources_and_rules_of_one_article(bencher: Bencher<'_, '_>) {
    let article = one_article();
    bencher.counter(BytesCount::new(TIMES * ARTICLE.len())).bench_local(|| {
        for _ in 0..TIMES {
            divan::black_box(article.rules(&article.sources()));
        }
    });
}
