//! The columns of each table and what they mean. What stands in them, `rows`
//! says, in the same order.

use super::CellType::{Count, Number, Text, Truth};
use super::{CellType, Column};

const fn column(name: &'static str, cells: CellType, meaning: &'static str) -> Column {
    Column { name, cells, meaning }
}

const DOCUMENT: Column = column("document", Text, "identifier of the article");
const TITLE: Column = column("title", Text, "its title");
const DATE: Column = column("date", Text, "its date, as the input had it");
const WARNINGS: Column = column(
    "warnings",
    Text,
    "what makes the results in the article less certain, as codes with a space between them",
);
const METADATA: Column =
    column("metadata", Text, "what else the input had of it, as a JSON object");
const PRODUCED_BY: Column =
    column("produced_by", Text, "version, model with its checksum, and settings");

pub(super) const DOCUMENTS: [Column; 17] = [
    DOCUMENT,
    TITLE,
    DATE,
    column("text", Text, "its text, with `--with-text`"),
    column("characters", Count, "its length in code points"),
    column("quotations", Count, "quotations in it"),
    column("direct", Count, "direct ones"),
    column("mixed", Count, "mixed ones"),
    column("indirect", Count, "indirect ones"),
    column("with_source", Count, "quotations whose source was found"),
    column("unclosed", Count, "quotations whose closing mark is missing"),
    column("entities", Count, "sources and others that it mentions"),
    column("named_entities", Count, "names in it"),
    column("not_quotes", Count, "words in marks that are no quotation"),
    column("warnings", Text, "what makes the result less certain, as a JSON list"),
    METADATA,
    PRODUCED_BY,
];

pub(super) const ENTITIES: [Column; 14] = [
    DOCUMENT,
    TITLE,
    DATE,
    column("entity", Text, "identifier inside the article"),
    column("name", Text, "the name"),
    column("type", Text, "`person`, `organisation`, `group`, `unnamed` or `document`"),
    column("gender", Text, "`female`, `male` or `unknown`, as the words of the article show it"),
    column("affiliation", Text, "whom a spokesperson speaks for"),
    column("quotations", Count, "quotations of this source"),
    column("mention_count", Count, "mentions of it"),
    column("mentions", Text, "the mentions as a JSON list: `start`, `end`, `text`, `kind`"),
    WARNINGS,
    METADATA,
    PRODUCED_BY,
];

pub(super) const QUOTATIONS: [Column; 34] = [
    DOCUMENT,
    TITLE,
    DATE,
    column("quotation", Text, "identifier inside the article"),
    column("kind", Text, "`direct`, `mixed` or `indirect`"),
    column("start", Count, "start of the content"),
    column("end", Count, "end of the content"),
    column("text", Text, "the content"),
    column("speaker", Text, "name of the source"),
    column("speaker_type", Text, "`person`, `organisation`, `group`, `unnamed` or `document`"),
    column("speaker_id", Text, "identifier of the source inside the article"),
    column("affiliation", Text, "whom the source speaks for"),
    column("gender", Text, "gender of the source, as the words of the article show it"),
    column("mention", Text, "the words that name the source"),
    column("mention_kind", Text, "`name`, `pronoun` or `description`"),
    column("mention_start", Count, "start of the mention"),
    column("mention_end", Count, "end of the mention"),
    column("cue", Text, "the reporting verb, or *volgens*"),
    column("cue_start", Count, "start of the cue"),
    column("cue_end", Count, "end of the cue"),
    column("medium", Text, "to whom or where it was said, if that is a medium"),
    column("medium_start", Count, "start of the medium"),
    column("medium_end", Count, "end of the medium"),
    column("stance", Text, "attitude of the reporting verb"),
    column("modality", Text, "`hedged` or `negated`"),
    column("parent", Text, "the quotation that this one lies in"),
    column("continues", Text, "the quotation that this one takes up again"),
    column("unclosed", Truth, "whether its closing mark is missing"),
    column("rule", Text, "the rule that decided"),
    column("confidence", Number, "how sure it is, from 0 to 1"),
    column("not_dutch", Truth, "whether the article looks like another language"),
    WARNINGS,
    METADATA,
    PRODUCED_BY,
];
