//! (scoring)
