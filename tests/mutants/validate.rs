//! What tries `runtime/src/validate/`.

#[path = "../it/validate/mod.rs"]
mod validate;
