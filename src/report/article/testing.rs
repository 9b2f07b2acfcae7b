//! An annotated article for the tests beside.

use crate::annotated::Annotated;
use crate::formats::{Place, Texts, gold};

const GOLD: &str = r#"{"id": "brug & co",
  "text": "Brug <b>dicht</b>\n\n„De brug blijft dicht”, zei Noor Bakker. Zij vindt dat het „gekkenwerk” is.\n\n„Nee” stond op de boot „Zeehond”.",
  "entities": [{"id": "s1", "name": "Noor Bakker", "type": "person"},
               {"id": "s2", "name": "Piet <i>", "type": "person"}],
  "quotes": [
    {"span": [19, 41], "kind": "direct", "speaker": "s1", "mention": [47, 58], "cue": [43, 46]},
    {"span": [70, 93], "kind": "indirect", "speaker": "s1", "mention": [60, 63], "cue": [64, 69]},
    {"span": [79, 89], "kind": "mixed", "speaker": "s1", "mention": [60, 63], "cue": [64, 69]},
    {"span": [96, 101], "kind": "direct", "speaker": null, "mention": null, "cue": null}],
  "not_quotes": [{"span": [119, 128], "reason": "a name"}]}"#;

/// An article with markup in it; its second source says nothing.
pub(super) fn annotated() -> Annotated {
    let mut annotated = gold::parse(GOLD, Place::named("gold"), &Texts::default()).unwrap();
    for (quotation, confidence) in annotated.quotations.iter_mut().zip([0.97, 0.62, 0.5]) {
        quotation.rule = Some("a-rule".into());
        quotation.confidence = Some(confidence);
    }
    annotated.quotations[2].parent = Some(1);
    annotated
}
