//! Grammatical gender of persons, as evidence for pronouns.

/// Grammatical gender of a person, as far as the text shows it; evidence for
/// pronouns, not a statement about anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// Referred to as *zij*.
    Female,
    /// Referred to as *hij*.
    Male,
    /// Not known.
    #[default]
    Unknown,
}

impl Gender {
    /// The gender as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Unknown => "unknown",
        }
    }

    /// The gender of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Female, Self::Male, Self::Unknown].into_iter().find(|g| g.name() == name)
    }

    /// The gender that a word list writes as `m` or `f`.
    pub(super) fn from_letter(letter: &str) -> Self {
        match letter {
            "m" => Self::Male,
            "f" => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// Whether two mentions of these genders can be one person.
    #[must_use]
    pub fn agrees(self, other: Self) -> bool {
        self == other || self == Self::Unknown || other == Self::Unknown
    }

    /// This gender, or the other if this one is not known.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }
}
