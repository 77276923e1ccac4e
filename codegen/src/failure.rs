//! Why nothing was generated.

use std::path::PathBuf;
use std::{fmt, io};

use crate::diagnostic::Diagnostics;

/// Why nothing was generated, by who can fix it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The spec's author: everything that is wrong with it.
    Spec(Diagnostics),
    /// Whoever named the folder: it has no `*.yaml`.
    NoSpec(PathBuf),
    /// Whoever chose the domains: the spec has none of that name.
    UnknownDomain {
        /// As asked for.
        name: String,
        /// What the spec has.
        known: Vec<String>,
    },
    /// Whoever named the output: something is in the way that was not generated, and so is left alone.
    Foreign(PathBuf),
    /// The disk.
    Disk {
        /// As `read`.
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Failure {
    /// For `map_err`: says what could not be done, and to what.
    pub(crate) fn disk(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Failure {
        let path = path.into();
        move |source| Failure::Disk { action, path, source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Spec(diagnostics) => diagnostics.fmt(f),
            Failure::NoSpec(dir) => {
                write!(f, "{}: not a spec: it has no `*.yaml`", dir.display())
            }
            Failure::UnknownDomain { name, known } => {
                write!(f, "the spec has no domain `{name}`, it has {}", known.join(", "))
            }
            Failure::Foreign(path) => write!(
                f,
                "{}: was not generated, so it is not overwritten; move it away or generate elsewhere",
                path.display()
            ),
            Failure::Disk { action, path, source } => {
                write!(f, "{}: cannot {action}: {source}", path.display())
            }
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failure::Spec(diagnostics) => Some(diagnostics),
            Failure::Disk { source, .. } => Some(source),
            Failure::NoSpec(_) | Failure::UnknownDomain { .. } | Failure::Foreign(_) => None,
        }
    }
}

impl From<Diagnostics> for Failure {
    fn from(diagnostics: Diagnostics) -> Failure {
        Failure::Spec(diagnostics)
    }
}
