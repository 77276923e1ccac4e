//! All tests of the workspace, in one binary.
