//! A JSON value whose fields keep their order, and whose ratios have six
//! decimals: more would be noise in a committed file.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::scoring::bootstrap::Interval;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Text(String),
    Whole(u64),
    Real(f64),
    List(Vec<Self>),
    Map(Vec<(String, Self)>),
}

impl Tree {
    pub(super) fn map<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub(super) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// Sets the value at a dotted path, making the maps on the way.
    pub(super) fn set(&mut self, path: &str, value: Self) {
        let Self::Map(fields) = self else { return };
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let at = fields.iter().position(|(field, _)| field == name).unwrap_or_else(|| {
            fields.push((name.to_owned(), Self::Map(Vec::new())));
            fields.len() - 1
        });
        if rest.is_empty() {
            fields[at].1 = value;
        } else {
            fields[at].1.set(rest, value);
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Tree {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u64> for Tree {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

impl From<usize> for Tree {
    fn from(number: usize) -> Self {
        Self::Whole(number as u64)
    }
}

impl From<f64> for Tree {
    fn from(number: f64) -> Self {
        // Minus zero is zero.
        Self::Real((number * 1e6).round() / 1e6 + 0.0)
    }
}

impl From<Interval> for Tree {
    fn from(interval: Interval) -> Self {
        Self::list([interval.low, interval.high])
    }
}

impl<T: Into<Self>> From<Option<T>> for Tree {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_u64(*number),
            Self::Real(number) => serializer.serialize_f64(*number),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Self::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}
