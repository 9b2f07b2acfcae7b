//! (bert)
