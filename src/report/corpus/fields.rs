//! The date and the outlet of each document, wherever the metadata have them.

use serde_json::Value;

use super::CorpusOptions;
use crate::formats::QuotedDocument;
use crate::text::field;

/// What fields with a date are called, the likeliest first.
const DATES: [&str; 14] = [
    "date",
    "datum",
    "published",
    "publication_date",
    "publicatiedatum",
    "published_at",
    "pub_date",
    "pubdate",
    "date_published",
    "datepublished",
    "day",
    "created",
    "created_at",
    "timestamp",
];
/// What fields with an outlet are called, the likeliest first.
const OUTLETS: [&str; 12] = [
    "outlet",
    "krant",
    "newspaper",
    "medium",
    "publisher",
    "uitgever",
    "publication",
    "bron",
    "source",
    "feed",
    "site",
    "domain",
];
/// Months in Dutch and in English, which any beginning of three letters stands for
/// too.
const MONTHS: [[&str; 2]; 12] = [
    ["januari", "january"],
    ["februari", "february"],
    ["maart", "march"],
    ["april", "april"],
    ["mei", "may"],
    ["juni", "june"],
    ["juli", "july"],
    ["augustus", "august"],
    ["september", "september"],
    ["oktober", "october"],
    ["november", "november"],
    ["december", "december"],
];
/// What is short for March in Dutch.
const MARCH: &str = "mrt";

/// Dates and outlets of documents, in their order.
pub(super) struct Fields {
    pub(super) date_field: Option<String>,
    pub(super) outlet_field: Option<String>,
    /// As `2019-06-05`.
    pub(super) dates: Vec<Option<String>>,
    pub(super) outlets: Vec<Option<String>>,
}

impl Fields {
    pub(super) fn of(documents: &[QuotedDocument], options: &CorpusOptions) -> Self {
        let found = |known: &[&str], fits: fn(&Value) -> Option<String>| {
            known.iter().find_map(|name| {
                let has =
                    |document: &QuotedDocument| field(&document.metadata, name).and_then(fits);
                documents.iter().any(|document| has(document).is_some()).then(|| (*name).to_owned())
            })
        };
        let date_field = options.date_field.clone().or_else(|| found(&DATES, date));
        let outlet_field = options.outlet_field.clone().or_else(|| found(&OUTLETS, word));
        let all = |name: &Option<String>, of: fn(&Value) -> Option<String>| {
            let one = |document: &QuotedDocument| {
                field(&document.metadata, name.as_deref()?).and_then(of)
            };
            documents.iter().map(one).collect()
        };
        let (dates, outlets) = (all(&date_field, date), all(&outlet_field, word));
        Self { date_field, outlet_field, dates, outlets }
    }
}

fn word(value: &Value) -> Option<String> {
    let word = value.as_str()?.trim();
    (!word.is_empty()).then(|| word.to_owned())
}

/// A day as `2019-06-05`, from ISO 8601 (`2019-06-05T10:00`, `20190605`), the
/// dates of feeds and mails (`Wed, 05 Jun 2019`), and those with Dutch words or
/// in Dutch order (`5 juni 2019`, `1 okt. 2020`, `5-6-2019`).
pub(super) fn date(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    iso(&text).or_else(|| in_words(&text)).or_else(|| dutch(&text))
}

fn iso(text: &str) -> Option<String> {
    let digits = |from: usize, to: usize| text.get(from..to)?.parse().ok();
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(digits(0, 4)?, digits(4, 6)?, digits(6, 8)?);
    }
    let is_parted = text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(7) == Some(&b'-');
    if is_parted { day(digits(0, 4)?, digits(5, 7)?, digits(8, 10)?) } else { None }
}

fn in_words(text: &str) -> Option<String> {
    let words: Vec<_> = text.split([' ', ',', '-']).filter(|word| !word.is_empty()).collect();
    let number = |at: usize| words.get(at)?.trim_end_matches(['.', 'e']).parse().ok();
    words.iter().enumerate().find_map(|(at, word)| {
        let month = month(word)?;
        let in_order = at.checked_sub(1).and_then(|before| Some((number(before)?, at + 1)));
        // `June 5, 2019`
        let (of_month, year) = in_order.or_else(|| Some((number(at + 1)?, at + 2)))?;
        day(number(year)?, month, of_month)
    })
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let is = |names: &[&str; 2]| names.iter().any(|name| name.starts_with(&word));
    let at = match &*word {
        MARCH => Some(2),
        word if word.len() < 3 => None,
        _ => MONTHS.iter().position(is),
    };
    u32::try_from(at? + 1).ok()
}

fn dutch(text: &str) -> Option<String> {
    let mut parts = text.split([' ', 'T']).next()?.split(['-', '/']);
    let mut next = || parts.next()?.parse::<u32>().ok();
    let (of_month, month, year) = (next()?, next()?, next()?);
    day(year, month, of_month)
}

fn day(year: u32, month: u32, day: u32) -> Option<String> {
    let fits =
        (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_come() {
        for text in [
            "2019-06-05",
            "2019-06-05T19:01:31+02:00",
            "20190605",
            "Wed, 05 Jun 2019 19:01:31 +0200",
            "Wed, 5 Jun 2019 21:22:06 +0100",
            "2019-06-05T19:16:41.067Z",
            "5 June 2019",
            "June 5, 2019",
            "5 juni 2019",
            "05 jun. 2019",
            "woensdag 5 juni 2019, 21:22",
            "5-jun-2019",
            "5-6-2019",
            "05/06/2019 12:00",
        ] {
            assert_eq!(date(&text.into()).as_deref(), Some("2019-06-05"), "{text}");
        }
        for text in [
            "",
            "gisteren",
            "2019-13-05",
            "2019",
            "1559751060",
            "één",
            "é1-é2-é3",
            "5 maandag 2019",
            "5 ma 2019",
            "juni 2019",
            "mei",
        ] {
            assert_eq!(date(&text.into()), None, "{text}");
        }
        assert_eq!(date(&20_190_605.into()).as_deref(), Some("2019-06-05"));
    }

    #[test]
    fn months_are_read_in_full_and_short() {
        let full = "januari februari maart april mei juni juli augustus september oktober \
                    november december";
        let short = "jan feb mrt apr mei jun jul aug sep okt nov dec";
        let stopped = "jan. febr. mrt. apr. mei jun. jul. aug. sept. okt. nov. dec.";
        let english = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";
        for months in [full, short, stopped, english] {
            for (month, n) in months.split_whitespace().zip(1..) {
                let text = format!("12 {month} 2021");
                assert_eq!(date(&text.into()), Some(format!("2021-{n:02}-12")), "{month}");
            }
        }
        for (text, wanted) in [
            ("12 mei 2021", "2021-05-12"),
            ("1 okt. 2020", "2020-10-01"),
            ("Sun, 25 Nov 2018 21:22:06 +0100", "2018-11-25"),
            ("2022-05-11T19:16:41.067Z", "2022-05-11"),
        ] {
            assert_eq!(date(&text.into()).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn fields_are_found_by_their_names() {
        let document = |metadata: Value| QuotedDocument {
            id: "d".into(),
            title: None,
            metadata: metadata.as_object().unwrap().clone(),
            quotations: Vec::new(),
        };
        let all = [
            document(serde_json::json!({"Datum": "5-6-2019", "krant": " De Bode "})),
            document(serde_json::json!({"source": "x"})),
        ];
        let fields = Fields::of(&all, &CorpusOptions::default());
        assert_eq!(fields.date_field.as_deref(), Some("datum"));
        assert_eq!(fields.outlet_field.as_deref(), Some("krant"));
        assert_eq!(fields.dates, [Some("2019-06-05".to_owned()), None]);
        assert_eq!(fields.outlets, [Some("De Bode".to_owned()), None]);
        let inside = serde_json::json!({"metadata": {"date": "5 juni 2019", "outlet": "De Bode"}});
        let fields = Fields::of(&[document(inside)], &CorpusOptions::default());
        assert_eq!(fields.dates, [Some("2019-06-05".to_owned())]);
        assert_eq!(fields.outlets, [Some("De Bode".to_owned())]);
        let named = CorpusOptions { outlet_field: Some("source".into()), ..Default::default() };
        assert_eq!(Fields::of(&all, &named).outlets, [None, Some("x".to_owned())]);
    }
}
