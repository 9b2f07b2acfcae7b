//! Which mentions are of one source. An annotator says so in three ways (a
//! reference, `*`, the same words), and need not use any.

use std::collections::HashMap;

use super::LIST;
use crate::formats::error::Reason;
use crate::formats::file_names;
use crate::formats::labelled::{self, Labelled};
use crate::sources::{MentionKind, SourceIndex, SourceKind};

/// A mention, or a quotation that has a reference of its own.
pub(super) struct Named {
    /// The annotation, `T3`.
    pub(super) id: String,
    /// Its words; of a quotation none.
    pub(super) words: Option<String>,
    pub(super) kind: Option<SourceKind>,
    pub(super) reference: Option<Reference>,
    pub(super) line: u64,
}

/// What a reference says.
#[derive(Clone)]
pub(super) struct Reference {
    /// With its list: `wiezei:e1`.
    pub(super) key: String,
    pub(super) name: String,
}

/// Adds the sources of `all` to `labelled`; yields the source of each
/// annotation. `joined` has the annotations that are of one source, and the
/// line that says so.
pub(super) fn group(
    all: &[Named],
    joined: &[(u64, Vec<String>)],
    labelled: &mut Labelled,
) -> Result<HashMap<String, SourceIndex>, (u64, Reason)> {
    let places: HashMap<&str, usize> =
        all.iter().enumerate().map(|(n, named)| (&*named.id, n)).collect();
    let mut groups = Groups { parents: (0..all.len()).collect() };
    let mut first: HashMap<(bool, String), usize> = HashMap::new();
    for (n, named) in all.iter().enumerate() {
        let key = match (&named.reference, &named.words) {
            (Some(reference), _) => (true, reference.key.clone()),
            (None, Some(words)) if !is_pronoun(words) => (false, words.to_lowercase()),
            _ => continue,
        };
        groups.join(*first.entry(key).or_insert(n), n);
    }
    for (line, ids) in joined {
        let mut before = None;
        for id in ids {
            let unknown = || Reason::UnknownId { what: "mention", id: id.clone() };
            let at = *places.get(&**id).ok_or_else(|| (*line, unknown()))?;
            groups.join(before.unwrap_or(at), at);
            before = Some(at);
        }
    }
    let mut members: Vec<(usize, Vec<&Named>)> = Vec::new();
    let mut of_root: HashMap<usize, usize> = HashMap::new();
    for (n, named) in all.iter().enumerate() {
        let root = groups.root(n);
        let at = *of_root.entry(root).or_insert_with(|| {
            members.push((root, Vec::new()));
            members.len() - 1
        });
        members[at].1.push(named);
    }
    let mut sources = HashMap::new();
    for (n, (_, members)) in members.iter().enumerate() {
        let index = source(n, members, labelled)?;
        sources.extend(members.iter().map(|named| (named.id.clone(), index)));
    }
    Ok(sources)
}

/// Adds the source that is named by `members`.
fn source(
    n: usize,
    members: &[&Named],
    labelled: &mut Labelled,
) -> Result<SourceIndex, (u64, Reason)> {
    let mut reference: Option<&Reference> = None;
    let mut kind = None;
    for named in members {
        let bad = |message| (named.line, Reason::Brat { message });
        if let Some(own) = &named.reference {
            if let Some(other) = reference.filter(|other| other.key != own.key) {
                let keys = format!("{} and {}", other.key, own.key);
                return Err(bad(format!("{} is joined to a mention of another: {keys}", named.id)));
            }
            if let Some(other) = reference.filter(|other| other.name != own.name) {
                let names = format!("{:?} and {:?}", other.name, own.name);
                return Err(bad(format!("{} has two names: {names}", own.key)));
            }
            reference = Some(own);
        }
        if let (Some(before), Some(own)) = (kind, named.kind)
            && before != own
        {
            return Err(bad(format!(
                "{} is a {own}, another mention of the same source a {before}",
                named.id
            )));
        }
        kind = kind.or(named.kind);
    }
    let words = || {
        let words = members.iter().filter_map(|named| named.words.as_deref());
        // A name tells more than a description, and the longest name most.
        let rank = |words: &&str| match MentionKind::guess(words, words) {
            MentionKind::Name => (2, words.chars().count()),
            MentionKind::Description => (1, words.chars().count()),
            MentionKind::Pronoun => (0, 0),
        };
        words.rev().max_by_key(rank)
    };
    let (id, name) = match reference {
        Some(reference) => {
            let own = reference.key.strip_prefix(LIST).and_then(|key| key.strip_prefix(':'));
            (own.map_or(reference.key.clone(), file_names::to_id), &*reference.name)
        }
        None => (format!("m{}", n + 1), words().unwrap_or_default()),
    };
    if reference.is_none() && is_pronoun(name) && !is_narrator(name) {
        let first = members.first().map_or((1, ""), |named| (named.line, &*named.id));
        let message = format!(
            "nothing says whom {} {name:?} stands for: join it to a name with *, or give it a \
             reference",
            first.1
        );
        return Err((first.0, Reason::Brat { message }));
    }
    Ok(labelled.add_source(labelled::source(&id, name, kind)))
}

fn is_pronoun(words: &str) -> bool {
    MentionKind::guess(words, words) == MentionKind::Pronoun
}

/// *ik*, *wij*: whoever tells the story has no other name.
fn is_narrator(words: &str) -> bool {
    matches!(&*words.to_lowercase(), "ik" | "wij" | "we")
}

/// Sets that are joined.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    /// The earlier one of two stands for both.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}
