//! All tests of the workspace, in one binary.

// One module per case folder.
mod reject;
mod derive;

// One module per subject.
mod documents;

// The derives on hand-written types.
mod validate;

// Values on the wire.
mod scalars;
mod wire;
mod error_code;
mod endpoint;
mod js_api;

// The client over HTTP on loopback.
mod client;

// The doors to the generator, and the folder they write.
mod cli;
mod output;
mod doors;

// Folders of cases.
mod support;
