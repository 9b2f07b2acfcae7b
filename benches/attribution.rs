//! How fast sources and rules are, with the entities given: megabytes of text a
//! second on one core.

use divan::Bencher;
use divan::counter::BytesCount;
use wiezei::marks::{self, Marks};
use wiezei::ner::{Entity, Label};
use wiezei::syntax::{self, Tagged};
use wiezei::text::{Document, Span};
use wiezei::tokenize::{Tokenized, tokenize};
use wiezei::{attribution, sources};

fn main() {
    divan::main();
}

/// Articles of about a thousand characters.
const ARTICLES: usize = 200;

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

/// An article as far as the stages before sources take it.
struct Read {
    document: Document,
    tokenized: Tokenized,
    tagged: Tagged,
    marks: Marks,
    names: Vec<Entity>,
}

fn read() -> Read {
    let document = Document::new("bench", ARTICLE).expect("a document");
    let tokenized = tokenize(ARTICLE);
    let tagged = syntax::tag(ARTICLE, &tokenized);
    let marks = marks::pair(ARTICLE, &tokenized);
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
    Read { document, tokenized, tagged, marks, names }
}

#[divan::bench]
fn sources_and_rules(bencher: Bencher<'_, '_>) {
    let it = read();
    bencher.counter(BytesCount::new(ARTICLES * ARTICLE.len())).bench_local(|| {
        for _ in 0..ARTICLES {
            let candidates = &it.marks.candidates;
            let cast =
                sources::cast(&it.document, &it.tokenized, &it.tagged, &it.names, candidates);
            divan::black_box(attribution::attribute(
                &it.document,
                &it.tokenized,
                &it.tagged,
                &cast,
                candidates,
            ));
        }
    });
}
