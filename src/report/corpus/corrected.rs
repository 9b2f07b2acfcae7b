//! Shares put right for the measured mistakes of the system, and warnings
//! where the corpus is not like what they were measured on.
//!
//! `measured.tsv` has the mistakes, an article in its lines: which kind and
//! which type of source was labelled, what was given, how often. The example
//! `measure_mistakes` makes it.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Fields;
use crate::attribution::Kind;
use crate::formats::QuotedDocument;
use crate::lexicon::Gender;
use crate::scoring::{Bootstrap, Class as _, Estimate, Mistakes, corrected_shares};
use crate::sources::SourceKind;

/// More move the bounds by less than their last digit.
const BOOTSTRAP: Bootstrap = Bootstrap { resamples: 1000, seed: 1 };
/// How many names a warning lists.
const LISTED: usize = 5;
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
    /// How many quotations were found, and how many there are.
    pub(super) total: [String; 3],
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
        let of_kinds: Vec<Vec<u32>> = documents
            .iter()
            .map(|document| {
                let mut counts = vec![0; Kind::ALL.len()];
                document.quotations.iter().for_each(|quoted| counts[quoted.kind.place()] += 1);
                counts
            })
            .collect();
        let of_types: Vec<Vec<u32>> = documents
            .iter()
            .map(|document| {
                let mut counts = vec![0; TYPES];
                for quoted in &document.quotations {
                    let place = quoted.speaker.as_ref().map(|speaker| speaker.kind.place());
                    counts[place.unwrap_or(TYPES - 1)] += 1;
                }
                counts
            })
            .collect();
        let kinds = corrected_shares(&measured.kinds, &of_kinds, BOOTSTRAP)?;
        let types = corrected_shares(&measured.types, &of_types, BOOTSTRAP)?;
        let kind_names = Kind::ALL.map(Kind::name).to_vec();
        let type_names = SourceKind::ALL.map(SourceKind::name).into_iter().chain(["no source"]);
        let mut tables = vec![
            Table::new("Kind of quotation", "kind", kind_names, &of_kinds, &kinds.classes),
            Table::new("Type of source", "type", type_names.collect(), &of_types, &types.classes),
        ];
        if let Some(counts) = genders
            && let Some(shares) = corrected_shares(&measured.genders, counts, BOOTSTRAP)
        {
            let names = GENDERS.map(Gender::name).to_vec();
            let title = "Gender, of quotations of people";
            tables.push(Table::new(title, "gender", names, counts, &shares.classes));
        }
        let count = |number: f64| format!("{number:.0}");
        Some(Self {
            tables,
            total: [
                count(kinds.total.corrected),
                count(kinds.total.interval.low),
                count(kinds.total.interval.high),
            ],
        })
    }
}

impl Table {
    fn new(
        title: &'static str,
        aspect: &str,
        names: Vec<&'static str>,
        counts: &[Vec<u32>],
        shares: &[Estimate],
    ) -> Self {
        let row = |(n, (class, share)): (usize, (&'static str, &Estimate))| Row {
            class,
            opens: format!("{aspect}:{n}"),
            count: counts.iter().map(|counts| counts[n]).sum(),
            found: percent(share.found),
            corrected: percent(share.corrected),
            low: percent(share.interval.low),
            high: percent(share.interval.high),
            bar: Bar {
                low: place(share.interval.low),
                width: place((share.interval.high - share.interval.low).max(0.002)),
                corrected: place(share.corrected),
                found: place(share.found),
            },
        };
        Self { title, rows: names.into_iter().zip(shares).enumerate().map(row).collect() }
    }
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

fn place(share: f64) -> String {
    format!("{:.2}", share * 100.0)
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
