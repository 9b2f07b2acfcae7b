//! `/label`: one person corrects what the system proposes for a folder of
//! articles. Every change is kept at once, as the gold JSON that `wiezei eval`
//! reads.
//!
//! `desk.rs` is the folder; `answers.rs` what the page asks of it. The page
//! itself (`templates/label.*`) holds what is being edited and sends it whole.

mod answers;
mod desk;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

pub use desk::{Desk, DeskError};

use super::Service;

/// What the page loads and asks, where there is a folder to label.
pub(super) fn router(desk: Desk) -> Router<Service> {
    let desk = Arc::new(desk);
    Router::new()
        .route("/label/documents", get(answers::documents))
        .route(
            "/label/documents/{number}",
            get(answers::document).put(answers::keep).delete(answers::forget),
        )
        .route("/label/documents/{number}/brat", get(answers::brat).put(answers::take_brat))
        .route("/label/label-studio", get(answers::label_studio).put(answers::take_label_studio))
        .route("/label/label-studio.xml", get(answers::configuration))
        .layer(axum::Extension(desk))
}
