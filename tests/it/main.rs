//! All tests of the workspace, in one binary.

// One module per case folder.
mod derive;

// One module per subject.
mod documents;

// The derives on hand-written types.
mod validate;
