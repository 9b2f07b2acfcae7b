//! Shares put right for the measured mistakes of the system, and warnings
//! where the corpus is not like what they were measured on.
//!
//! `measured.tsv` has the mistakes, an article in its lines: which kind and
//! which type of source was labelled, what was given, how often. The example
//! `measure_mistakes` makes it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::fields::Fields;
use crate::attribution::Kind;
use crate::formats::{Quoted, QuotedDocument};
use crate::lexicon::Gender;
use crate::scoring::{Bootstrap, Class as _, Estimate, Mistakes, Shares, corrected_shares};
use crate::sources::SourceKind;

/// More move the bounds by less than their last digit.
const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 1000, seed: 1 };
/// How many names a warning lists.
const LISTED: usize = 5;
/// Documents below which the intervals are too narrow, in a simulation with known
/// truth.
const FEW: usize = 30;
/// Documents from which on it is told that there is no reported speech.
const MANY: usize = 20;

/// What was measured on labelled articles.
pub(super) struct Measured {
    kinds: Mistakes,
    types: Mistakes,
    genders: Mistakes,
    outlets: BTreeSet<String>,
    /// First and last month, as `2019-06`.
    months: Option<(String, String)>,
}

/// Genders that are counted; of others nothing is known.
pub(super) const GENDERS: [Gender; 2] = [Gender::Female, Gender::Male];
/// Types of sources, and none.
const TYPES: usize = SourceKind::ALL.len() + 1;

impl Measured {
    /// What was measured of this program.
    pub(super) fn committed() -> Self {
        Self::parse(include_str!("measured.tsv"))
    }

    fn parse(table: &str) -> Self {
        type Counts = Vec<(Option<usize>, Option<usize>, u32)>;
        let mut articles: BTreeMap<&str, [Counts; 3]> = BTreeMap::new();
        let mut outlets = BTreeSet::new();
        let mut months = BTreeSet::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [article, outlet, month, aspect, truth, given, count] = columns[..] else {
                continue;
            };
            outlets.insert(outlet.to_owned());
            if month != "-" {
                months.insert(month.to_owned());
            }
            let counts = articles.entry(article).or_default();
            let count = count.parse().unwrap_or_default();
            match aspect {
                "kind" => counts[0].push((kind(truth), kind(given), count)),
                "type" => counts[1].push((source(truth), source(given), count)),
                "gender" => counts[2].push((gender(truth), gender(given), count)),
                _ => {}
            }
        }
        let mut kinds = Mistakes::new(Kind::ALL.len());
        let mut types = Mistakes::new(TYPES);
        let mut genders = Mistakes::new(GENDERS.len());
        for [of_kinds, of_types, of_genders] in articles.values() {
            kinds.add(of_kinds);
            types.add(of_types);
            genders.add(of_genders);
        }
        let months = months.first().cloned().zip(months.last().cloned());
        Self { kinds, types, genders, outlets, months }
    }

    /// On what it was measured, in words.
    pub(super) fn said(&self) -> String {
        let outlets: Vec<&str> = self.outlets.iter().map(String::as_str).collect();
        let months = self.months.as_ref();
        let months = months.map_or(String::new(), |(from, to)| format!(", {from} to {to}"));
        format!("{} labelled articles of {}{months}", self.kinds.len(), outlets.join(", "))
    }
}

fn kind(name: &str) -> Option<usize> {
    Kind::from_name(name).map(Kind::place)
}

/// The last is for quotations without source; `-` is no quotation.
fn source(name: &str) -> Option<usize> {
    match name {
        "none" => Some(TYPES - 1),
        name => SourceKind::from_name(name).map(SourceKind::place),
    }
}

fn gender(name: &str) -> Option<usize> {
    GENDERS.iter().position(|gender| gender.name() == name)
}

/// Tables of corrected shares.
pub(super) struct Corrected {
    pub(super) tables: Vec<Table>,
    /// How many quotations are estimated to be there, and the bounds of that.
    pub(super) total: [String; 3],
    /// How many articles they are of.
    pub(super) articles: usize,
    /// The mistakes as JSON, from which the page corrects the shares of what is
    /// filtered: for each aspect its name, its number of classes, and the table of
    /// each labelled article.
    pub(super) mistakes: String,
}

/// What shares are counted of.
struct Aspect<'a> {
    title: &'static str,
    /// As the page calls it.
    key: &'static str,
    classes: Vec<&'static str>,
    mistakes: &'a Mistakes,
    /// Of each document, how often each class was found.
    counts: Cow<'a, [Vec<u32>]>,
}

pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) rows: Vec<Row>,
}

pub(super) struct Row {
    pub(super) class: &'static str,
    /// What opens the quotations behind it: `kind:direct`.
    pub(super) opens: String,
    pub(super) count: u32,
    pub(super) found: String,
    pub(super) corrected: String,
    pub(super) low: String,
    pub(super) high: String,
    /// Where the bar begins and ends, and the two shares lie, from 0 to 100.
    pub(super) bar: Bar,
}

pub(super) struct Bar {
    pub(super) low: String,
    pub(super) width: String,
    pub(super) corrected: String,
    pub(super) found: String,
}

impl Corrected {
    /// `None` where nothing can be said. `genders` are the quotations of women
    /// and of men in each document, if they are to be shown.
    pub(super) fn new(
        documents: &[QuotedDocument],
        genders: Option<&[Vec<u32>]>,
        measured: &Measured,
    ) -> Option<Self> {
        let types = SourceKind::ALL.map(SourceKind::name).into_iter().chain(["no source"]);
        let of_type = |quoted: &Quoted| {
            quoted.speaker.as_ref().map_or(TYPES - 1, |speaker| speaker.kind.place())
        };
        let kinds = Aspect {
            title: "Kind of quotation",
            key: "kind",
            classes: Kind::ALL.map(Kind::name).to_vec(),
            mistakes: &measured.kinds,
            counts: counted(documents, Kind::ALL.len(), |quoted| quoted.kind.place()).into(),
        };
        let types = Aspect {
            title: "Type of source",
            key: "type",
            classes: types.collect(),
            mistakes: &measured.types,
            counts: counted(documents, TYPES, of_type).into(),
        };
        let genders = genders.map(|counts| Aspect {
            title: "Gender, of quotations of people",
            key: "gender",
            classes: GENDERS.map(Gender::name).to_vec(),
            mistakes: &measured.genders,
            counts: counts.into(),
        });
        let of_kinds = kinds.shares()?;
        let Estimate { corrected, interval, .. } = of_kinds.total;
        let others = [Some(types), genders].into_iter().flatten();
        let others = others.filter_map(|aspect| aspect.shares().map(|shares| (aspect, shares)));
        let aspects: Vec<_> = std::iter::once((kinds, of_kinds)).chain(others).collect();
        let count = |number: f64| format!("{number:.0}");
        Some(Self {
            tables: aspects.iter().map(|(aspect, shares)| aspect.table(shares)).collect(),
            total: [corrected, interval.low, interval.high].map(count),
            articles: documents.len(),
            mistakes: mistakes(aspects.iter().map(|(aspect, _)| aspect)),
        })
    }
}

/// Of each document, how many of its quotations are of each class.
fn counted(
    documents: &[QuotedDocument],
    classes: usize,
    class: impl Fn(&Quoted) -> usize,
) -> Vec<Vec<u32>> {
    let one = |document: &QuotedDocument| {
        let mut counts = vec![0; classes];
        document.quotations.iter().for_each(|quoted| counts[class(quoted)] += 1);
        counts
    };
    documents.iter().map(one).collect()
}

fn mistakes<'a>(aspects: impl Iterator<Item = &'a Aspect<'a>>) -> String {
    let one = |aspect: &Aspect<'_>| {
        json!({"key": aspect.key, "classes": aspect.classes.len(),
               "tables": aspect.mistakes.tables()})
    };
    let aspects: Value = aspects.map(one).collect();
    json!({"resamples": BOOTSTRAP.resamples, "few": FEW, "aspects": aspects}).to_string()
}

impl Aspect<'_> {
    fn shares(&self) -> Option<Shares> {
        corrected_shares(self.mistakes, &self.counts, BOOTSTRAP)
    }

    fn table(&self, shares: &Shares) -> Table {
        let row = |(n, (&class, share)): (usize, (&&'static str, &Estimate))| Row {
            class,
            opens: format!("{}:{n}", self.key),
            count: self.counts.iter().map(|counts| counts[n]).sum(),
            found: percent(share.found),
            corrected: percent(share.corrected),
            low: percent(share.interval.low),
            high: percent(share.interval.high),
            bar: Bar {
                low: percent(share.interval.low),
                width: percent((share.interval.high - share.interval.low).max(0.002)),
                corrected: percent(share.corrected),
                found: percent(share.found),
            },
        };
        let rows = self.classes.iter().zip(&shares.classes).enumerate().map(row).collect();
        Table { title: self.title, rows }
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// What the reader has to know of the corpus.
pub(super) fn warnings(
    documents: &[QuotedDocument],
    fields: &Fields,
    measured: &Measured,
) -> Vec<String> {
    let mut warnings = Vec::new();
    let is_known = |outlet: &str| {
        let plain = |name: &str| -> String {
            name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let outlet = plain(outlet);
        let outlet = outlet.strip_prefix("de").filter(|rest| !rest.is_empty()).unwrap_or(&outlet);
        measured.outlets.iter().any(|known| plain(known) == outlet)
    };
    let mut unknown: BTreeMap<&str, usize> = BTreeMap::new();
    for outlet in fields.outlets.iter().flatten().filter(|outlet| !is_known(outlet)) {
        *unknown.entry(outlet).or_default() += 1;
    }
    if !unknown.is_empty() {
        let articles: usize = unknown.values().sum();
        let mut names: Vec<&str> = unknown.keys().copied().collect();
        let more = names.len().saturating_sub(LISTED);
        names.truncate(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        warnings.push(format!(
            "{articles} of {} articles are of outlets on which the system was not measured ({}{more}). \
             How often it errs there is not known; the corrected shares assume that it is as often \
             as elsewhere.",
            documents.len(),
            names.join(", "),
        ));
    }
    if fields.outlets.iter().all(Option::is_none) && !documents.is_empty() {
        warnings.push(
            "No article says which outlet it is from, so that it cannot be told whether the system \
             was measured on such articles."
                .into(),
        );
    }
    if let Some((from, to)) = &measured.months {
        let is_outside = |date: &&String| date[..7] < **from || date[..7] > **to;
        let outside = fields.dates.iter().flatten().filter(is_outside).count();
        let days = || fields.dates.iter().flatten();
        if let (true, Some(first), Some(last)) = (outside > 0, days().min(), days().max()) {
            warnings.push(format!(
                "{outside} of {} articles lie outside the months in which the system was measured \
                 ({from} to {to}); this corpus runs from {first} to {last}.",
                documents.len(),
            ));
        }
    }
    if documents.len() < FEW {
        warnings.push(format!(
            "The intervals of the corrected shares are too narrow: a corpus of fewer than {FEW} \
             articles does not show how much articles differ."
        ));
    }
    let has_indirect = documents
        .iter()
        .flat_map(|document| &document.quotations)
        .any(|quoted| quoted.kind == Kind::Indirect);
    if !has_indirect && documents.len() >= MANY {
        warnings.push(
            "There is no reported speech in the input. If it was left out (--kinds), the corrected \
             shares are wrong."
                .into(),
        );
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_table_is_read_whole() {
        let measured = Measured::committed();
        assert!(measured.kinds.len() > 100, "{}", measured.kinds.len());
        assert!(measured.outlets.contains("nos"), "{:?}", measured.outlets);
        let (from, to) = measured.months.unwrap();
        assert!(from < to && from.len() == 7, "{from} {to}");
    }

    #[test]
    fn lines_of_one_article_are_one_document() {
        let table = "# a comment\n1\tnos\t2019-01\tkind\tdirect\tdirect\t3\n\
                     1\tnos\t2019-01\ttype\tnone\tperson\t1\n2\tbode\t-\tnone\t-\t-\t0\n";
        let measured = Measured::parse(table);
        assert_eq!((measured.kinds.len(), measured.types.len()), (2, 2));
        assert_eq!(measured.said(), "2 labelled articles of bode, nos, 2019-01 to 2019-01");
    }
}
