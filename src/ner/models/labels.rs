//! What the user says that a model's labels mean, where their names do not.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Labels of a model (`LABEL_3`) and how each is to be read (`B-PER`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LabelMap(BTreeMap<String, String>);

impl LabelMap {
    /// How `label` is to be read, if the map says so.
    #[must_use]
    pub fn get(&self, label: &str) -> Option<&str> {
        self.0.get(label).map(String::as_str)
    }

    /// The labels that the map speaks of.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// As it is read, in the order of the labels.
impl fmt::Display for LabelMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (label, read)) in self.0.iter().enumerate() {
            let comma = if n > 0 { "," } else { "" };
            write!(f, "{comma}{label}={read}")?;
        }
        Ok(())
    }
}

/// Reads `LABEL_0=O,LABEL_1=B-PER`.
impl FromStr for LabelMap {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut map = BTreeMap::new();
        for pair in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
            // A label may have the sign in it; what it is read as has not.
            let Some((label, read)) = pair.rsplit_once('=') else {
                return Err(format!("{pair:?} is no LABEL=READING, such as LABEL_1=B-PER"));
            };
            let (label, read) = (label.trim(), read.trim());
            if map.insert(label.to_owned(), read.to_owned()).is_some() {
                return Err(format!("{label} is given twice"));
            }
        }
        Ok(Self(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read() {
        let map: LabelMap = "LABEL_0=O, LABEL_1=B-PER,".parse().unwrap();
        assert_eq!((map.get("LABEL_1"), map.get("LABEL_2")), (Some("B-PER"), None));
        assert_eq!(map.labels().count(), 2);
        assert_eq!(map.to_string(), "LABEL_0=O,LABEL_1=B-PER");
        assert_eq!("".parse(), Ok(LabelMap::default()));
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        assert!("LABEL_0".parse::<LabelMap>().unwrap_err().contains("LABEL_0"));
        assert!("A=O,A=B-PER".parse::<LabelMap>().unwrap_err().contains("twice"));
    }
}
