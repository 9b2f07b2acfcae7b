use super::*;
use crate::annotated::Annotated;
use crate::sources::{MentionKind, SourceIndex};
use crate::text::{Document, Span};

const TEXT: &str = "Brug dicht 😀\n\n„Hij blijft dicht.\n\nTot mei”, zei Noor Bakker. Zij \
    sprak van „een ramp”. „Wij weten van niets.” Zijn boot heet „Zeehond”.";

/// What an annotator wrote who used neither references nor `*` but for *Zij*.
const ANNOTATIONS: &str = "\
T1\tDirect 14 32;34 42\t„Hij blijft dicht. Tot mei”
T2\tPerson 48 59\tNoor Bakker
T3\tcue 44 47\tzei
R1\tSpeaker Arg1:T1 Arg2:T2
R2\tHasCue Arg1:T1 Arg2:T3\t
T4\tMixed 75 85\t„een ramp”
T5\tPerson 61 64\tZij
R3\tSpeaker Arg1:T4 Arg2:T5
*\tSame T2 T5
T6\tDirect 87 109\t„Wij weten van niets.”
R4\tImplicit Arg1:T6 Arg2:T2
A1\tUnclosed T6
A2\tDoubtful T6
#1\tAnnotatorNotes T6\twie zegt dit?
T7\tNotQuotation 125 134\t„Zeehond”\r
";

fn parse(annotations: &str) -> Result<Annotated, String> {
    let document = Document::new("brug", TEXT).unwrap();
    read::parse(annotations, document).map_err(|(line, fault)| {
        format!("line {line}, {}: {}", fault.part.unwrap_or_default(), fault.reason)
    })
}

#[test]
fn what_an_annotator_wrote_is_read() {
    let gold = parse(ANNOTATIONS).unwrap();
    let slice = |span: Span| gold.document.slice(span);
    let [first, second, third] = &gold.quotations[..] else { panic!("{:?}", gold.quotations) };
    assert_eq!(slice(first.span), "„Hij blijft dicht.\n\nTot mei”");
    assert_eq!((first.kind, first.cue.map(slice)), (Kind::Direct, Some("zei")));
    let mention = second.mention.unwrap();
    assert_eq!((slice(mention.span), mention.kind), ("Zij", MentionKind::Pronoun));
    assert!(third.unclosed && third.mention.is_none() && third.cue.is_none());
    for quotation in [first, second, third] {
        assert_eq!(quotation.source, Some(SourceIndex(0)));
    }
    let source = &gold.sources[0];
    assert_eq!((&*source.name, source.kind), ("Noor Bakker", SourceKind::Person));
    assert_eq!((gold.sources.len(), source.mentions.len()), (1, 2));
    assert_eq!(slice(gold.not_quotations[0].span), "„Zeehond”");
}

#[test]
fn what_is_written_is_read_back() {
    let mut gold = parse(ANNOTATIONS).unwrap();
    let mut written = Vec::new();
    write(&mut written, &gold).unwrap();
    let written = String::from_utf8(written).unwrap();
    assert!(written.starts_with("T1\tDirect 14 32;34 42\t„Hij blijft dicht. Tot mei”\n"));
    assert!(written.contains("N1\tReference T2 wiezei:m1\tNoor Bakker\n"), "{written}");
    let back = parse(&written).unwrap();
    for (n, quotation) in gold.quotations.iter_mut().enumerate() {
        quotation.id.clone_from(&back.quotations[n].id);
    }
    assert_eq!(back, gold);
}

#[test]
fn a_source_that_is_named_nowhere_is_kept() {
    let nowhere = "T1\tDirect 87 109\t„Wij weten van niets.”\n\
        N1\tReference T1 wiezei:e%201\tde rederij\nA1\tSourceType T1 organisation\n";
    let gold = parse(nowhere).unwrap();
    let source = &gold.sources[0];
    assert_eq!((&*source.id, &*source.name), ("e 1", "de rederij"));
    assert_eq!(source.kind, SourceKind::Organisation);
    let mut written = Vec::new();
    write(&mut written, &gold).unwrap();
    assert_eq!(parse(std::str::from_utf8(&written).unwrap()).unwrap(), gold);
}

#[test]
fn a_mention_of_nobody_known_is_kept() {
    let nobody = "T1\tMixed 75 85\t„een ramp”\nT2\tUnknown 61 64\tZij\n\
        R1\tSpeaker Arg1:T1 Arg2:T2\n";
    let gold = parse(nobody).unwrap();
    assert!(gold.quotations[0].source.is_none() && gold.quotations[0].mention.is_some());
    let mut written = Vec::new();
    write(&mut written, &gold).unwrap();
    assert_eq!(std::str::from_utf8(&written).unwrap(), nobody);
}

#[test]
fn two_of_one_name_are_told_apart_by_their_references() {
    let text = "„Ja”, zei Bakker. „Nee”, zei Bakker.";
    let annotations = "T1\tDirect 0 4\t„Ja”\nT2\tPerson 10 16\tBakker\nT3\tDirect 18 23\t„Nee”\n\
        T4\tPerson 29 35\tBakker\nR1\tSpeaker Arg1:T1 Arg2:T2\nR2\tSpeaker Arg1:T3 Arg2:T4\n";
    let read = |more: &str| {
        let document = Document::new("d", text).unwrap();
        let read = read::parse(&format!("{annotations}{more}"), document);
        read.map(|gold| gold.sources.into_iter().map(|source| source.name).collect::<Vec<_>>())
    };
    assert_eq!(read("").unwrap(), ["Bakker"]);
    let two = "N1\tReference T2 Lijst:1\tNoor Bakker\nN2\tReference T4 Lijst:2\tJoris Bakker\n";
    assert_eq!(read(two).unwrap(), ["Noor Bakker", "Joris Bakker"]);
    let (line, fault) = read(&format!("{two}*\tSame T2 T4\n")).unwrap_err();
    assert!(line == 4 && fault.reason.to_string().contains("joined to a mention of another"));
}

#[test]
fn faults_name_the_line_and_the_annotation() {
    let cases = [
        ("T1\tDirect 14 999\t„Hij", "line 1, annotation T1: 14..999 reaches beyond the text"),
        ("\nT1\tDirect 20 14\tx", "line 2, annotation T1: 20..14 is reversed"),
        ("T1\tDirect 14 18\t„Zij", "14..18 is \"„Hij\" in the text, but the record says \"„Zij\""),
        ("T1\tQuote 14 18\t„Hij", "unknown type \"Quote\"; known: Direct, Mixed,"),
        ("T1\tDirect 14 18;30 32\t„Hij t.", "a span in pieces, with words between them"),
        ("T1\tDirect 14\t„Hij", "words are `TYPE START END`"),
        (
            "T1 Direct 14 18 „Hij",
            "annotation T1 Direct 14 18 „Hij: bad annotation: there is no tab",
        ),
        ("E1\tSay:T1", "events are not read"),
        ("X1\tiets", "it is none of brat's"),
        (
            "T1\tDirect 14 18\t„Hij\nT1\tCue 44 47\tzei",
            "line 2, annotation T1: a second annotation",
        ),
        ("T1\tDirect 14 18\t„Hij\nR1\tSpeaker Arg1:T1 Arg2:T9", "there is no annotation \"T9\""),
        ("T1\tDirect 14 18\t„Hij\nR1\tSaid Arg1:T1 Arg2:T1", "unknown relation \"Said\""),
        (
            "T1\tDirect 14 18\t„Hij\nT2\tCue 44 47\tzei\nR1\tSpeaker Arg1:T1 Arg2:T2",
            "line 3, annotation R1: bad annotation: Speaker leads from a quotation to the words",
        ),
        (
            "T1\tDirect 14 18\t„Hij\nT2\tCue 44 47\tzei\nR1\tHasCue Arg1:T1 Arg2:T2\n\
             R2\tHasCue Arg1:T1 Arg2:T2",
            "line 4, annotation R2: bad annotation: T1 has a second HasCue",
        ),
        (
            "T1\tMixed 75 85\t„een ramp”\nT2\tPerson 61 64\tZij\nR1\tSpeaker Arg1:T1 Arg2:T2",
            "line 2, : bad annotation: nothing says whom T2 \"Zij\" stands for",
        ),
        (
            "T1\tPerson 48 59\tNoor Bakker\nT2\tGroup 61 64\tZij\n*\tSame T1 T2",
            "T2 is a group, another mention of the same source a person",
        ),
        ("T1\tPerson 48 59\tNoor Bakker\n*\tSame T1 T7", "line 2, : there is no mention \"T7\""),
        ("A1\tSourceType T1 Robot", "unknown SourceType \"Robot\"; known: Person,"),
    ];
    for (annotations, wanted) in cases {
        let said = parse(annotations).unwrap_err();
        assert!(said.contains(wanted), "{said}\nfor {annotations}");
    }
}

#[test]
fn a_folder_holds_what_brat_needs_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("brat");
    let brat = BratFolder::create(&path).unwrap();
    let gold = parse(ANNOTATIONS).unwrap();
    let gold = Annotated { document: Document::new("krant/1", TEXT).unwrap(), ..gold };
    brat.write(&gold).unwrap();
    let read = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
    assert_eq!(read("krant%2F1.txt"), TEXT);
    assert!(read("annotation.conf").contains("\n[relations]\nSpeaker\tArg1:Direct|Mixed|Indirect"));
    let back = super::read(&path.join("krant%2F1.ann")).unwrap();
    assert_eq!((back.document.id(), back.quotations.len()), ("krant/1", 3));
    let error = brat.write(&gold).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    assert!(error.to_string().contains("krant%2F1.ann"), "{error}");
}
