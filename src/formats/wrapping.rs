//! Text of articles made fit for a terminal: no control characters, lines no
//! wider than the terminal has columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` with a space for each control character and line break, so that no
/// article can send commands to the terminal, and without invisible soft
/// hyphens and byte order marks.
pub(super) fn safe(text: &str) -> String {
    let visible = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'));
    visible.map(|c| if c.is_control() || is_direction(c) { ' ' } else { c }).collect()
}

/// Characters that turn the direction of what follows them.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` on one line of at most `width` columns, with an ellipsis if it is
/// longer.
pub(super) fn clipped(text: &str, width: usize) -> String {
    let line: Vec<String> = safe(text).split_whitespace().map(str::to_owned).collect();
    let line = line.join(" ");
    if line.width() <= width {
        return line;
    }
    let kept = fitting(&line, width.saturating_sub(1));
    format!("{}…", line[..kept].trim_end())
}

/// `text` in lines of at most `width` columns, broken between words where that
/// can be; line breaks of the text stay, blank lines go.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in safe(paragraph).split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            while line.width() > width {
                let rest = line.split_off(fitting(&line, width));
                lines.push(std::mem::replace(&mut line, rest));
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// How many bytes of `line` fit into `width` columns; one character at least.
fn fitting(line: &str, width: usize) -> usize {
    let mut columns = 0;
    for (at, c) in line.char_indices() {
        columns += c.width().unwrap_or(0);
        if columns > width && at > 0 {
            return at;
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_between_words() {
        let text = "De brug blijft\nnog dicht, zegt ze.";
        assert_eq!(wrapped(text, 10), ["De brug", "blijft", "nog dicht,", "zegt ze."]);
        assert_eq!(wrapped("onderdoorgangetje", 10), ["onderdoorg", "angetje"]);
        assert_eq!(wrapped("😀😀😀", 4), ["😀😀", "😀"]);
        assert_eq!(wrapped(" \n\n", 4), Vec::<String>::new());
    }

    #[test]
    fn what_is_too_long_for_its_line_is_clipped() {
        assert_eq!(clipped("een  brug", 9), "een brug");
        assert_eq!(clipped("een lange brug", 10), "een lange…");
    }

    #[test]
    fn no_command_reaches_the_terminal() {
        assert_eq!(clipped("a\u{1b}[31mb\u{9b}c\td", 80), "a [31mb c d");
        assert_eq!(wrapped("a\u{ad}b\u{202e}c", 80), ["ab c"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal(text in any::<String>(), width in 2..40_usize) {
            for line in wrapped(&text, width) {
                prop_assert!(line.width() <= width, "{line:?}");
                prop_assert!(!line.contains(char::is_control));
            }
        }
    }
}
