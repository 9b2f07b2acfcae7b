//! Which double marks stand open, as far as a sentence's end depends on it:
//! a mark with white space on both sides closes if one is open. Pairing
//! proper is done in `marks`, with the whole document at hand.

/// Marks that open and close each other.
#[derive(Clone, Copy)]
enum Family {
    Straight,
    Typed,
    Curly,
    Guillemet,
}

/// The double marks of a paragraph that were opened and not closed.
#[derive(Default)]
pub(super) struct OpenMarks {
    open: [bool; 4],
}

impl OpenMarks {
    /// Passes `mark`; `closes` says that it was seen to close.
    pub(super) fn pass(&mut self, mark: &str, closes: bool) {
        let Some(family) = family(mark) else { return };
        let opens = matches!(mark, ",," | "``" | "„" | "«");
        let open = &mut self.open[family as usize];
        *open = opens || !(*open || closes);
    }

    /// Whether `mark`, if it stands between white space, closes.
    pub(super) fn closes(&self, mark: &str) -> bool {
        let opens = matches!(mark, ",," | "``" | "„" | "«");
        !opens && family(mark).is_some_and(|family| self.open[family as usize])
    }

    /// Whether any mark stands open.
    pub(super) fn any_open(&self) -> bool {
        self.open.contains(&true)
    }
}

fn family(mark: &str) -> Option<Family> {
    match mark {
        "\"" => Some(Family::Straight),
        ",," | "``" | "''" => Some(Family::Typed),
        "„" | "“" | "”" => Some(Family::Curly),
        "«" | "»" => Some(Family::Guillemet),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_closes_what_is_open() {
        let mut marks = OpenMarks::default();
        assert!(!marks.closes("\""));
        marks.pass("\"", false);
        assert!(marks.closes("\"") && !marks.closes("''"));
        marks.pass("\"", true);
        assert!(!marks.any_open());
        marks.pass(",,", false);
        assert!(marks.closes("''") && !marks.closes(",,"));
        marks.pass("''", true);
        // “ opens in one convention and closes in the other.
        marks.pass("„", false);
        marks.pass("“", false);
        assert!(!marks.any_open());
    }
}
