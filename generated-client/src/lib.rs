//! generated-client
