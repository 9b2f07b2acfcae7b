//! Which column of a record is what: as the user says, else by its name.

use std::fmt;

use serde_json::Value;

use crate::formats::documents::with_own_title;
use crate::formats::error::Reason;
use crate::text::{Document, Metadata};

/// The columns that a user names; the others are guessed by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// The identifier.
    pub id: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The date.
    pub date: Option<String>,
}

/// Names under which archives keep things, in lower case, the likelier first.
/// A word for a web address is an identifier where there is no other.
const ID: &[&str] = &[
    "id",
    "_id",
    "article_id",
    "articleid",
    "artikel_id",
    "artikelid",
    "doc_id",
    "docid",
    "document_id",
    "documentid",
    "document",
    "doc_name",
    "identifier",
    "uuid",
    "guid",
    "key",
    "nummer",
    "nr",
    "artikelnummer",
    "url",
    "link",
    "uri",
];
const TEXT: &[&str] = &[
    "text",
    "tekst",
    "full_text",
    "fulltext",
    "volledige_tekst",
    "article_text",
    "articletext",
    "artikeltekst",
    "artikel_tekst",
    "plain_text",
    "plaintext",
    "body",
    "body_text",
    "bodytext",
    "articlebody",
    "article_body",
    "content",
    "contents",
    "inhoud",
    "paragraphs",
    "alineas",
    "alinea's",
    "article",
    "artikel",
    "story",
    "bericht",
];
const TITLE: &[&str] = &[
    "title",
    "titel",
    "headline",
    "kop",
    "heading",
    "article_title",
    "artikeltitel",
    "hoofding",
    "kopregel",
    "opschrift",
];
const DATE: &[&str] = &[
    "date",
    "datum",
    "published",
    "published_at",
    "publishedat",
    "publication_date",
    "publicationdate",
    "publicatiedatum",
    "publicatie_datum",
    "publish_date",
    "pub_date",
    "pubdate",
    "date_published",
    "datepublished",
    "datum_publicatie",
    "verschenen",
    "timestamp",
    "created_at",
    "created",
    "time",
];
/// How many columns a message names at most.
const NAMED: usize = 40;
/// Under which name the date goes into the metadata.
const DATE_FIELD: &str = "date";

/// The columns that a record was read by. Prints as what a user may want to
/// know.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Roles {
    id: Option<String>,
    text: String,
    title: Option<String>,
    date: Option<String>,
}

impl fmt::Display for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text from `{}`", self.text)?;
        for (what, column) in [("title", &self.title), ("id", &self.id), ("date", &self.date)] {
            match column {
                Some(column) => write!(f, ", {what} from `{column}`")?,
                None => write!(f, ", no {what}")?,
            }
        }
        Ok(())
    }
}

impl Columns {
    /// The roles of the columns `names`.
    ///
    /// # Errors
    ///
    /// If a column that was named is not there, or none looks like a text.
    pub(super) fn roles<'a>(
        &self,
        names: &(impl Iterator<Item = &'a str> + Clone),
    ) -> Result<Roles, Reason> {
        let guess = |known: &[&str]| {
            let of_name =
                |wanted: &&str| names.clone().find(|name| name.to_lowercase() == **wanted);
            known.iter().find_map(of_name).map(str::to_owned)
        };
        let role = |named: &Option<String>, known: &[&str]| match named {
            None => guess(known),
            Some(name) => names.clone().find(|it| it == name).map(str::to_owned),
        };
        let all = || listed(names.clone());
        let Some(text) = role(&self.text, TEXT) else {
            return Err(match &self.text {
                Some(name) => Reason::NoNamedColumn { column: name.clone(), columns: all() },
                None => Reason::NoTextColumn { columns: all() },
            });
        };
        Ok(Roles {
            id: role(&self.id, ID),
            text,
            title: role(&self.title, TITLE),
            date: role(&self.date, DATE),
        })
    }

    /// Whether every column that a user named is among `names`, which are those
    /// of a whole table.
    pub(super) fn check(&self, names: &[String]) -> Result<(), Reason> {
        let given = [&self.id, &self.text, &self.title, &self.date];
        match given.into_iter().flatten().find(|name| !names.contains(name)) {
            None => Ok(()),
            Some(name) => {
                let columns = listed(names.iter().map(String::as_str));
                Err(Reason::NoNamedColumn { column: name.clone(), columns })
            }
        }
    }
}

/// Names of columns in a message, however many and long they are.
fn listed<'a>(names: impl Iterator<Item = &'a str> + Clone) -> String {
    let clipped = |name: &str| -> String { name.chars().take(NAMED).collect() };
    let listed = names.clone().take(NAMED).map(clipped).collect::<Vec<_>>().join(", ");
    let more = names.skip(NAMED).count();
    if more == 0 { listed } else { format!("{listed} and {more} more") }
}

impl Roles {
    /// The document of a record; `or_id` is its identifier if it has none.
    /// Everything that has no role is metadata.
    pub(super) fn document(
        &self,
        mut fields: Metadata,
        or_id: impl FnOnce() -> String,
    ) -> Result<Document, (String, Reason)> {
        let id = match self.id.as_ref().and_then(|column| fields.remove(column)) {
            Some(Value::String(id)) if !id.trim().is_empty() => id,
            Some(Value::Number(id)) => id.to_string(),
            _ => or_id(),
        };
        let made = self.article(&mut fields).and_then(|(title, text)| {
            let title = title.trim();
            let is_inside = text.trim_start().starts_with(title);
            let document = if is_inside {
                with_own_title(id.clone(), title, text)?
            } else {
                Document::with_title(&*id, title, &text)?
            };
            Ok(document)
        });
        if let Some(date) = self.date.as_ref().and_then(|column| fields.remove(column)) {
            fields.insert(DATE_FIELD.into(), date);
        }
        match made {
            Ok(document) => Ok(document.with_metadata(fields)),
            Err(reason) => Err((id, reason)),
        }
    }

    /// Title and text.
    fn article(&self, fields: &mut Metadata) -> Result<(String, String), Reason> {
        let not_string = |field: &str, value: &Value| Reason::NotText {
            field: field.to_owned(),
            found: match value {
                Value::Null => "null",
                Value::Bool(_) => "true or false",
                Value::Number(_) => "a number",
                Value::String(_) => "a string",
                Value::Array(_) => "a list of other things than strings",
                Value::Object(_) => "an object",
            },
        };
        let text = match fields.remove(&self.text) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text,
            Some(Value::Array(parts)) => match joined(&parts) {
                Some(text) => text,
                None => return Err(not_string(&self.text, &Value::Array(parts))),
            },
            Some(other) => return Err(not_string(&self.text, &other)),
        };
        if text.trim().is_empty() {
            return Err(Reason::EmptyText { column: self.text.clone() });
        }
        let title =
            match self.title.as_ref().and_then(|column| Some((column, fields.remove(column)?))) {
                None | Some((_, Value::Null)) => String::new(),
                Some((_, Value::String(title))) => title,
                Some((column, other)) => return Err(not_string(column, &other)),
            };
        Ok((title, text))
    }
}

/// Paragraphs as one text.
fn joined(parts: &[Value]) -> Option<String> {
    let parts: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
    Some(parts?.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Metadata {
        serde_json::from_str(json).unwrap()
    }

    fn read(json: &str, columns: &Columns) -> Result<Document, String> {
        let fields = fields(json);
        let roles = columns.roles(&fields.keys().map(String::as_str)).map_err(|e| e.to_string())?;
        roles.document(fields, || "x-1".into()).map_err(|(id, reason)| format!("{id}: {reason}"))
    }

    #[test]
    fn names_tell_the_roles_in_either_language() {
        let dutch =
            r#"{"Artikel_ID":7,"Kop":"Brug","Tekst":"Dicht.","Datum":"1-3-2024","sectie":"a"}"#;
        let document = read(dutch, &Columns::default()).unwrap();
        assert_eq!((document.id(), document.text()), ("7", "Brug\n\nDicht."));
        let metadata = serde_json::to_string(document.metadata()).unwrap();
        assert_eq!(metadata, r#"{"date":"1-3-2024","sectie":"a"}"#);
        let names = fields(dutch);
        let roles = Columns::default().roles(&names.keys().map(String::as_str)).unwrap();
        let said = "text from `Tekst`, title from `Kop`, id from `Artikel_ID`, date from `Datum`";
        assert_eq!(roles.to_string(), said);
    }

    #[test]
    fn paragraphs_are_joined() {
        let document = read(r#"{"paragraphs":["Een.","Twee."]}"#, &Columns::default()).unwrap();
        assert_eq!((document.id(), document.text()), ("x-1", "Een.\n\nTwee."));
    }

    #[test]
    fn a_column_that_is_named_comes_before_a_guess() {
        let columns = Columns { text: Some("b".into()), ..Columns::default() };
        let document = read(r#"{"text":"Nee.","b":"Ja."}"#, &columns).unwrap();
        assert_eq!(document.text(), "Ja.");
        assert_eq!(document.metadata()["text"], "Nee.");
        let said = read(r#"{"text":"Nee."}"#, &columns).unwrap_err();
        assert_eq!(said, "there is no column `b`; there are: text");
    }

    #[test]
    fn a_record_without_a_text_says_what_it_has() {
        let default = Columns::default();
        let said = read(r#"{"id":"a","kop":"Brug"}"#, &default).unwrap_err();
        assert_eq!(said, "no column looks like a text; there are: id, kop");
        assert_eq!(read(r#"{"id":"a","text":" "}"#, &default).unwrap_err(), "a: `text` is empty");
        assert_eq!(read(r#"{"id":"a","text":null}"#, &default).unwrap_err(), "a: `text` is empty");
        let said = read(r#"{"id":"a","text":3}"#, &default).unwrap_err();
        assert_eq!(said, "a: `text` is a number, not a text");
    }

    #[test]
    fn a_message_names_not_every_column_of_many() {
        let json: Metadata = (0..1000).map(|n| (format!("{n:0>300}"), Value::Null)).collect();
        let said = read(&Value::Object(json).to_string(), &Columns::default()).unwrap_err();
        assert!(
            said.ends_with(", 0000000000000000000000000000000000000000 and 960 more"),
            "{said}"
        );
        assert!(said.len() < 2000);
    }

    #[test]
    fn every_name_has_one_role() {
        let all: Vec<_> = [ID, TEXT, TITLE, DATE].concat();
        let mut unique = all.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), all.len());
    }
}
