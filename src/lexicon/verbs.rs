//! Reporting verbs: their forms, what goes with them, and the frames in which
//! they introduce speech.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::entries::entries;

/// A way in which a verb introduces what was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// Inverted after the quotation: *"...", zegt hij*.
    Inverted,
    /// Before a colon and the quotation: *hij zegt: "..."*.
    Before,
    /// With a *dat*-clause.
    That,
    /// With an *of*- or question-word clause.
    Whether,
    /// With a *te*-infinitive.
    To,
    /// With a marked fragment: *noemt het "..."*.
    Fragment,
    /// A manner or gesture that reports only next to a quotation.
    Manner,
}

impl Frame {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Inverted, "inv"),
        (Self::Before, "pre"),
        (Self::That, "dat"),
        (Self::Whether, "of"),
        (Self::To, "te"),
        (Self::Fragment, "frag"),
        (Self::Manner, "manner"),
    ];
}

/// What the reporting verb says of the speaker's attitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Stance {
    Neutral,
    Claim,
    Admit,
    Deny,
    Ask,
    Demand,
    Feel,
    Expect,
    Promise,
    Warn,
    Praise,
    Criticise,
    Conclude,
}

impl Stance {
    /// All stances.
    pub const ALL: [Self; 13] = [
        Self::Neutral,
        Self::Claim,
        Self::Admit,
        Self::Deny,
        Self::Ask,
        Self::Demand,
        Self::Feel,
        Self::Expect,
        Self::Promise,
        Self::Warn,
        Self::Praise,
        Self::Criticise,
        Self::Conclude,
    ];

    /// The stance as the lexicon and JSON have it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Claim => "claim",
            Self::Admit => "admit",
            Self::Deny => "deny",
            Self::Ask => "ask",
            Self::Demand => "demand",
            Self::Feel => "feel",
            Self::Expect => "expect",
            Self::Promise => "promise",
            Self::Warn => "warn",
            Self::Praise => "praise",
            Self::Criticise => "criticise",
            Self::Conclude => "conclude",
        }
    }

    /// The stance of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stance| stance.name() == name)
    }
}

/// A reporting verb, or a fixed phrase around one.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own in the lexicon")]
pub struct Verb {
    /// The infinitive: *toevoegen*, *laten weten*.
    pub lemma: &'static str,
    /// What stands apart from the finite form, as alternatives of one or more
    /// words; empty if nothing does.
    pub particles: Vec<Vec<&'static str>>,
    /// Attitude that the verb gives the speaker.
    pub stance: Stance,
    /// Whether the verb commonly means something else than reporting, so that
    /// a rule has to see more than the verb.
    pub over_triggers: bool,
    /// Whether its clause is what someone knows, notices, feels or decides, and
    /// no report of what was said.
    pub factive: bool,
    /// Whether it reports only what a document says.
    pub proves: bool,
    /// Whether it reports only with a clause of its own, never next to marks.
    pub clause_only: bool,
    forms: Vec<&'static str>,
    participle: Option<&'static str>,
    frames: u8,
}

impl Verb {
    /// Its finite forms, in lower case, without what stands apart from them.
    #[must_use]
    pub fn forms(&self) -> &[&'static str] {
        &self.forms
    }

    /// Whether the verb introduces speech in `frame`.
    #[must_use]
    pub fn takes(&self, frame: Frame) -> bool {
        self.frames & (1 << frame as u8) != 0
    }

    /// Whether the verb asks a question that it has behind it: *vragen of*.
    #[must_use]
    pub fn asks_question(&self) -> bool {
        self.stance == Stance::Ask && self.takes(Frame::Whether)
    }

    /// Whether `form` is that of *ik* alone, or of a command: *zeg*, not *zegt*.
    #[must_use]
    pub fn is_first_person(&self, form: &str) -> bool {
        let [first, third, ..] = self.forms[..] else { return false };
        // "hij wil" and "hij wilt" are both said.
        first == form && first != "wil" && third.strip_suffix('t') == Some(first)
    }
}

struct Index {
    form: HashMap<&'static str, Vec<&'static Verb>>,
    joined: HashMap<String, Vec<&'static Verb>>,
    participle: HashMap<&'static str, Vec<&'static Verb>>,
    /// The first words of what stands apart from finite forms.
    particle_start: HashSet<&'static str>,
    /// The first words of the participles of several words.
    participle_start: HashSet<&'static str>,
}

static VERBS: LazyLock<Vec<Verb>> = LazyLock::new(|| {
    entries(include_str!("data/reporting_verbs.txt")).map(|columns| parse(&columns)).collect()
});

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index {
        form: HashMap::default(),
        joined: HashMap::default(),
        participle: HashMap::default(),
        particle_start: HashSet::default(),
        participle_start: HashSet::default(),
    };
    for verb in VERBS.iter() {
        let starts = verb.particles.iter().filter_map(|particle| particle.first());
        index.particle_start.extend(starts);
        for &form in &verb.forms {
            index.form.entry(form).or_default().push(verb);
            for particle in &verb.particles {
                if let [particle] = particle[..]
                    && verb.lemma.starts_with(particle)
                {
                    index.joined.entry(format!("{particle}{form}")).or_default().push(verb);
                }
            }
        }
        if let Some(participle) = verb.participle {
            index.participle.entry(participle).or_default().push(verb);
            index.participle_start.extend(participle.split_once(' ').map(|(first, _)| first));
        }
    }
    index
});

fn parse(columns: &[&'static str]) -> Verb {
    let flag = |name: &str| columns[6].split(',').any(|flag| flag == name);
    let given = |column: &'static str| (column != "-").then_some(column);
    let frames = Frame::ALL
        .into_iter()
        .filter(|(_, name)| columns[5].split(',').any(|frame| frame == *name))
        .fold(0, |bits, (frame, _)| bits | (1 << frame as u8));
    Verb {
        lemma: columns[0],
        forms: columns[1].split(' ').collect(),
        particles: given(columns[2]).map_or(Vec::new(), |alternatives| {
            alternatives.split('|').map(|words| words.split(' ').collect()).collect()
        }),
        participle: given(columns[3]),
        stance: Stance::from_name(columns[4]).unwrap_or(Stance::Neutral),
        over_triggers: flag("over"),
        factive: flag("fact"),
        proves: flag("proof"),
        clause_only: flag("clause"),
        frames,
    }
}

/// All reporting verbs and phrases.
#[must_use]
pub fn reporting_verbs() -> &'static [Verb] {
    &VERBS
}

/// The verbs of which `form` (lower case) is a finite form; a particle, if the
/// verb has one, stands elsewhere in the clause.
#[must_use]
pub fn verbs_of_form(form: &str) -> &'static [&'static Verb] {
    let verbs = INDEX.form.get(form);
    // "zei-ie": with "hij" hung on.
    let verbs = verbs.or_else(|| INDEX.form.get(form.strip_suffix("-ie")?));
    verbs.map_or(&[], Vec::as_slice)
}

/// The separable verbs of which `form` (lower case) is a finite form with its
/// particle in front, as in a subordinate clause: *toevoegde*.
#[must_use]
pub fn verbs_of_joined_form(form: &str) -> &'static [&'static Verb] {
    INDEX.joined.get(form).map_or(&[], Vec::as_slice)
}

/// Whether what stands apart from a finite form of any verb begins with `word` (lower
/// case): *uit*, or the *op* of *op zich nemen*.
#[must_use]
pub fn begins_particle(word: &str) -> bool {
    INDEX.particle_start.contains(word)
}

/// Whether a past participle of several words begins with `word` (lower case):
/// *weten* of *weten laten*.
#[must_use]
pub fn begins_participle(word: &str) -> bool {
    INDEX.participle_start.contains(word)
}

/// The verbs of which `form` (lower case) is the past participle.
#[must_use]
pub fn verbs_of_participle(form: &str) -> &'static [&'static Verb] {
    INDEX.participle.get(form).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_well_formed() {
        for columns in entries(include_str!("data/reporting_verbs.txt")) {
            assert_eq!(columns.len(), 7, "{columns:?}");
            assert!(Stance::from_name(columns[4]).is_some(), "{columns:?}");
            for frame in columns[5].split(',') {
                assert!(Frame::ALL.iter().any(|(_, name)| *name == frame), "{columns:?}");
            }
            for flag in columns[6].split(',') {
                assert!(matches!(flag, "-" | "over" | "fact" | "proof" | "clause"), "{columns:?}");
            }
            for form in columns[1].split(' ') {
                assert_eq!(form, form.to_lowercase(), "{columns:?}");
            }
        }
        assert!(VERBS.len() >= 250);
    }

    #[test]
    fn forms_lead_to_their_verbs() {
        let lemmas = |verbs: &[&Verb]| verbs.iter().map(|verb| verb.lemma).collect::<Vec<_>>();
        assert!(lemmas(verbs_of_form("zei")).contains(&"zeggen"));
        assert!(lemmas(verbs_of_form("liet")).contains(&"laten weten"));
        assert!(lemmas(verbs_of_joined_form("toevoegde")).contains(&"toevoegen"));
        assert!(lemmas(verbs_of_participle("gezegd")).contains(&"zeggen"));
        assert!(verbs_of_form("fietst").is_empty());
        assert!(begins_particle("weten") && !begins_particle("fiets"));
    }

    #[test]
    fn forms_of_the_first_person_are_told_apart() {
        let verb = |form: &str| verbs_of_form(form)[0];
        assert!(verb("zeg").is_first_person("zeg") && !verb("zegt").is_first_person("zegt"));
        assert!(!verb("bericht").is_first_person("bericht"));
    }

    #[test]
    fn frames_are_told_apart() {
        let verb = verbs_of_form("zei").iter().find(|verb| verb.lemma == "zeggen").unwrap();
        assert!(verb.takes(Frame::Inverted) && verb.takes(Frame::That));
        assert!(!verb.takes(Frame::Manner));
    }
}
