//! (marks)
