//! Finding and checking a model folder.
