//! (syntax)
