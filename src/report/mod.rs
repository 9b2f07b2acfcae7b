//! Pages of HTML that open offline: the scores of a system ([`write_scores`]),
//! articles with their quotations ([`ArticlePage`], [`write_article`]), and who
//! is quoted in a corpus ([`write_corpus`]).
//!
//! A page holds all it needs (style, script, drawings) and asks nothing of a
//! network; its own policy forbids it. Words of articles are escaped by the
//! template engine, wherever they stand. Without its script a page shows the
//! same, only less handily.

mod article;
mod corpus;
mod scores;

pub use article::{ArticlePage, write as write_article};
pub use corpus::{CorpusOptions, CorpusReport, write as write_corpus};
pub use scores::write_scores;

/// The assets of article views, for pages that a service puts together.
pub mod assets {
    /// Style of every page of articles: colours, type, light and dark, print.
    pub const BASE_STYLE: &str = include_str!("../../templates/base.css");
    /// Style of an article with its quotations.
    pub const ARTICLE_STYLE: &str = include_str!("../../templates/article.css");
    /// Shows why a quotation has its source; defines `wiezeiArticle`.
    pub const ARTICLE_SCRIPT: &str = include_str!("../../templates/article.js");
}
