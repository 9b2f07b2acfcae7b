use super::*;
use crate::annotated::Annotated;
use crate::attribution::{Kind, Stance};
use crate::formats::ProducedBy;
use crate::formats::error::Reason;
use crate::sources::{Gender, MentionKind, SourceIndex, SourceKind};
use crate::text::Document;

const TEXT: &str = "Brug dicht 😀\n\n„Eén jaar”, zei Noor Bakker. De gemeente meldt dat het duurt.";

fn rows(table: &str) -> Result<Vec<Annotated>, String> {
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), table).unwrap();
    let text_of = |id: &str| match id {
        "weg" => Err(Reason::TextMissing),
        id => Ok(Document::new(id, TEXT)?),
    };
    let (found, errors) = read(file.path(), text_of);
    match errors.first() {
        None => Ok(found),
        Some(error) => {
            let said = error.to_string();
            Err(said.replace(&file.path().display().to_string(), "table"))
        }
    }
}

/// Rows of a table that went through pandas and a spreadsheet.
const FULL: &str = "\u{feff}document,quotation,kind,start,end,text,speaker,speaker_type,speaker_id,\
    affiliation,gender,mention,mention_start,mention_end,cue_start,cue_end,stance,parent,unclosed,\
    rule,confidence\n\
    d,b,indirect,61,74,dat het duurt,de gemeente,organisation,e2,,,De gemeente,43,54,,,claim,a,0,,\n\
    d,a,direct,14,24,„Eén jaar”,Noor Bakker,person,e1,de rederij,female,Noor Bakker,30,41,26.0,\
    29.0,,,TRUE,clause-after,\"0,5\"\n\
    d,,none,15,18,,,,,,,,,,,,,,,term,\n\
    leeg,,,,,,,,,,,,,,,,,,,,\n";

#[test]
fn every_column_is_read() {
    let found = rows(FULL).unwrap();
    let [gold, empty] = &found[..] else { panic!("{found:?}") };
    assert_eq!((empty.document.id(), empty.quotations.len()), ("leeg", 0));
    let [first, second] = &gold.quotations[..] else { panic!("{gold:?}") };
    assert_eq!((&*first.id, first.kind, first.unclosed), ("a", Kind::Direct, true));
    assert_eq!((first.rule.as_deref(), first.confidence), (Some("clause-after"), Some(0.5)));
    assert_eq!(first.cue.map(|cue| gold.document.slice(cue)), Some("zei"));
    assert_eq!(first.mention.map(|mention| mention.kind), Some(MentionKind::Name));
    assert_eq!((second.stance, second.parent), (Some(Stance::Claim), Some(0)));
    let source = gold.source(first.source.unwrap());
    assert_eq!(
        (&*source.id, source.kind, source.gender),
        ("e1", SourceKind::Person, Gender::Female)
    );
    assert_eq!((source.affiliation.as_deref(), source.mentions.len()), (Some("de rederij"), 1));
    assert_eq!(gold.not_quotations[0].rule.as_deref(), Some("term"));
}

#[test]
fn what_is_written_is_read_back() {
    let found = rows(FULL).unwrap();
    let mut out = Vec::new();
    let options = RowOptions { byte_order_mark: true, as_labels: true };
    let mut table = QuotationRows::new(&mut out, options).unwrap();
    for annotated in &found {
        table.write(annotated, Some(&ProducedBy::new("test"))).unwrap();
    }
    table.flush().unwrap();
    drop(table);
    let out = String::from_utf8(out).unwrap();
    assert!(out.starts_with("\u{feff}document,title,quotation,kind,"));
    assert!(out.contains("\nd,Brug dicht 😀,a,direct,14,24,„Eén jaar”,Noor Bakker,person,e1,"));
    assert_eq!(rows(&out).unwrap(), found);
}

#[test]
fn who_counts_quotations_gets_no_other_rows() {
    let mut out = Vec::new();
    let mut table = QuotationRows::new(&mut out, RowOptions::default()).unwrap();
    for annotated in &rows(FULL).unwrap() {
        table.write(annotated, None).unwrap();
    }
    table.flush().unwrap();
    drop(table);
    assert_eq!(String::from_utf8(out).unwrap().lines().count(), 3);
}

#[test]
fn the_least_that_has_to_be_there() {
    let least = "kind;document;end;start;speaker\ndirect;d;24;14;Noor Bakker\nindirect;d;74;61;\n\
        mixed;d;18;15;Noor Bakker\ndirect;d;29;26;de gemeente\n";
    let gold = rows(least).unwrap().remove(0);
    let of: Vec<_> = gold.quotations.iter().map(|quotation| quotation.source).collect();
    assert_eq!(of, [Some(SourceIndex(0)), Some(SourceIndex(0)), Some(SourceIndex(1)), None]);
    assert_eq!(gold.sources[0].kind, SourceKind::Person, "a proper name");
    assert_eq!(gold.sources[1].kind, SourceKind::Unnamed);
    assert_eq!(rows(&least.replace(';', "\t")).unwrap()[0], gold);
}

#[test]
fn faults_name_the_line_and_the_document() {
    let header = "document,kind,start,end,text,speaker,speaker_id,speaker_type,parent,quotation\n";
    let cases = [
        ("d,direct,14,99,,,,,,", "table, line 2, document d, text: 14..99 reaches beyond the text"),
        ("d,direct,24,14,,,,,,", "24..14 is reversed"),
        ("d,direct,14,14,,,,,,", "14..14 is empty"),
        ("d,direct,x,24,,,,,,", "text: bad CSV: `start` is \"x\", not a number"),
        ("d,direct,-1,24,,,,,,", "`start` is \"-1\", not a number"),
        ("d,direct,14,,,,,,,", "`start` or `end` is missing"),
        ("d,direct,,,,,,,,", "the row has a kind, and no `start` and `end`"),
        ("d,loud,14,24,,,,,,", "unknown kind \"loud\"; known: direct, mixed, indirect"),
        ("d,direct,14,24,Eén jaar,,,,,", "but the record says \"Eén jaar\""),
        ("d,direct,14,24,,,e1,,,", "speaker_id \"e1\" has no name"),
        ("d,direct,14,24,,Noor,,robot,,", "unknown type \"robot\""),
        ("d,direct,14,24,,,,,q9,", "there is no quotation \"q9\""),
        (
            "d,direct,14,24,,Noor,e1,,,\nd,mixed,15,18,,Joris,e1,,,",
            "line 3, document d: bad CSV: the same speaker is \"Noor\"",
        ),
        (
            "d,direct,14,24,,,,,,q1\nd,mixed,15,18,,,,,,q1",
            "line 3, document d: a second quotation \"q1\"",
        ),
        ("weg,direct,14,24,,,,,,", "line 2, document weg: no text was given"),
        (",direct,14,24,,,,,,", "line 2: bad CSV: the row names no document"),
        ("d,direct,14", "line 2: bad CSV: the row has 3 cells, the header 10"),
    ];
    for (row, wanted) in cases {
        let said = rows(&format!("{header}{row}\n")).unwrap_err();
        assert!(said.contains(wanted), "{said}\nfor {row}");
    }
    let said = rows("id,start,end,kind\n").unwrap_err();
    let wanted = "table, line 1: there is no column `document`; needed: document, kind, start, end";
    assert_eq!(said, wanted);
    assert!(rows("document,kind,start,end,end\n").unwrap_err().contains("a second column \"end\""));
}
