//! (formats)
