//! Annotated documents as tables: one row a quotation, an entity or a document.
//! What each column is, [`Table::columns`] says; the same is in `docs/tables.md`.
//! With the feature `arrow` they are batches of Arrow in memory (`TableBatches`),
//! with `parquet` also files (`TableWriter`).
//!
//! A file's metadata has `wiezei.schema_version`, `wiezei.table` and
//! `wiezei.produced_by`. The version changes when a column changes its meaning or
//! goes; columns may be added without.

#[cfg(feature = "arrow")]
mod batches;
mod columns;
#[cfg(feature = "parquet")]
mod join;
#[cfg(feature = "arrow")]
mod rows;
#[cfg(feature = "parquet")]
mod write;

#[cfg(feature = "arrow")]
pub use batches::TableBatches;
#[cfg(feature = "parquet")]
pub use join::join;
#[cfg(feature = "parquet")]
pub use write::TableWriter;

/// The version of the tables' columns.
pub const SCHEMA_VERSION: u32 = 1;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Table {
    /// An article.
    Documents,
    /// A source of an article, or somebody else it mentions.
    Entities,
    /// A quotation.
    #[default]
    Quotations,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellType {
    /// UTF-8.
    Text,
    /// A signed whole number of 64 bits.
    Count,
    /// A number of 32 bits.
    Number,
    /// True or false.
    Truth,
}

/// One column. Every column but the first may have no value in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub cells: CellType,
    /// What they mean.
    pub meaning: &'static str,
}

impl Table {
    /// All tables.
    pub const ALL: [Self; 3] = [Self::Documents, Self::Entities, Self::Quotations];

    /// The name of the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Entities => "entities",
            Self::Quotations => "quotations",
        }
    }

    /// The columns, in their order.
    #[must_use]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Documents => &columns::DOCUMENTS,
            Self::Entities => &columns::ENTITIES,
            Self::Quotations => &columns::QUOTATIONS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page that describes the tables, made of the code.
    fn page() -> String {
        let start = format!(
            "# The tables in Parquet\n\n\
             `wiezei batch --output NAME.parquet --table TABLE` writes one of three tables. The \
             version of their columns, in the file's metadata as `wiezei.schema_version`, is \
             {SCHEMA_VERSION}; it changes when a column changes its meaning or goes, and columns \
             may be added without. Offsets are Unicode code points, half-open. This page is made \
             by a test of `src/formats/tables`.\n"
        );
        let row = |column: &Column| {
            let cells = match column.cells {
                CellType::Text => "string",
                CellType::Count => "int64",
                CellType::Number => "float32",
                CellType::Truth => "bool",
            };
            format!("| `{}` | {cells} | {} |\n", column.name, column.meaning)
        };
        let section = |table: Table| {
            let rows: String = table.columns().iter().map(row).collect();
            let name = table.name();
            format!("\n## {name}\n\n| column | cells | meaning |\n| --- | --- | --- |\n{rows}")
        };
        start + &Table::ALL.map(section).concat()
    }

    #[test]
    fn the_page_is_that_of_the_code() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, page()).unwrap();
        }
        let known = std::fs::read_to_string(&path).unwrap();
        assert_eq!(known, page(), "UPDATE_GOLDEN=1 makes it anew");
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        for table in Table::ALL {
            let mut names: Vec<_> = table.columns().iter().map(|column| column.name).collect();
            assert_eq!(names[0], "document");
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), table.columns().len(), "{}", table.name());
        }
    }
}
