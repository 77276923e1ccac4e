//! Why a file is not there, or not whole.

use std::fmt;
use std::io;
use std::time::Duration;

use http::StatusCode;

use crate::error::{BaseUrlError, TransportFault};

/// Why a file is not there, or not whole.
#[derive(Debug)]
#[non_exhaustive]
pub struct DownloadError {
    pub fault: DownloadFault,
    /// How many bytes, from the start of the file, the writer was given.
    pub written: u64,
    /// The server sent neither a strong `ETag` nor a `Last-Modified` that is old enough, so each attempt started over.
    pub cannot_resume: bool,
}

/// What went wrong with a download.
#[derive(Debug)]
#[non_exhaustive]
pub enum DownloadFault {
    /// There is no URL: the caller's function failed.
    NoUrl(Box<dyn std::error::Error + Send + Sync>),
    /// The URL is none that a file may be fetched from.
    Url(BaseUrlError),
    /// The URL leads to an address that is not public, which is not allowed, see
    /// [`DownloadOptions::allow_private_addresses`](super::DownloadOptions::allow_private_addresses).
    PrivateAddress {
        /// The host in the URL.
        host: String,
    },
    /// The network failed, more often than the client tries.
    Transport(TransportFault),
    /// The server does not give the file, also under a fresh URL.
    Status(StatusCode),
    /// The body ended before the length that the server had declared.
    Cut,
    /// The server sends another part than it was asked for, or than it says.
    WrongRange,
    /// The body ended with its connection, and the server does not say whether that was its end.
    NoEnd,
    /// The server sends less than the least rate, see
    /// [`DownloadOptions::least_rate`](super::DownloadOptions::least_rate).
    TooSlow {
        /// How many bytes it sent in the period.
        received: u64,
        /// How many it must send.
        least: u64,
        /// The length of the period.
        period: Duration,
    },
    /// The time for the whole download is up.
    Late {
        /// The time allowed.
        after: Duration,
    },
    /// The file is longer than allowed.
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// It broke off, and what the server gives now is another file. What was written is of the former: empty the writer
    /// and download the file anew.
    Changed,
    /// The writer failed.
    Write(io::Error),
}

impl fmt::Display for DownloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (after {} bytes)", self.fault, self.written)?;
        match self.cannot_resume && self.written > 0 && self.fault.is_of_the_server() {
            true => f.write_str(
                "; it cannot be resumed, as the server sends no strong `ETag` and no older `Last-Modified`",
            ),
            false => Ok(()),
        }
    }
}

impl DownloadFault {
    /// Whether the file might have been whole, had it come faster or in fewer pieces.
    fn is_of_the_server(&self) -> bool {
        match self {
            Self::Transport(_) | Self::Status(_) | Self::Cut | Self::NoEnd => true,
            Self::WrongRange | Self::TooSlow { .. } | Self::Late { .. } => true,
            Self::NoUrl(_) | Self::Url(_) | Self::PrivateAddress { .. } => false,
            Self::TooLarge { .. } | Self::Changed | Self::Write(_) => false,
        }
    }
}

impl fmt::Display for DownloadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl(error) => write!(f, "could not obtain a URL: {error}"),
            Self::Url(reason) => write!(f, "the URL {reason}"),
            Self::Transport(fault) => fault.fmt(f),
            Self::Status(status) => {
                write!(f, "the server responded with HTTP {} instead of the file", status.as_u16())
            }
            Self::PrivateAddress { host } => write!(
                f,
                "the URL leads to `{host}`, which is not a public address; if it is meant to, allow private addresses"
            ),
            Self::Cut => f.write_str("the body ended too early"),
            Self::WrongRange => {
                f.write_str("the server sent a different part of the file than requested")
            }
            Self::NoEnd => f.write_str("the server does not say where the file ends"),
            Self::TooSlow { received, least, period } => {
                write!(
                    f,
                    "the server sent {received} bytes in {period:?}, fewer than the {least} required"
                )
            }
            Self::Late { after } => write!(f, "the file was not complete within {after:?}"),
            Self::TooLarge { limit } => write!(f, "the file is longer than {limit} bytes"),
            Self::Changed => f.write_str("the file has changed meanwhile; download it again"),
            Self::Write(error) => write!(f, "it could not be written: {error}"),
        }
    }
}

impl std::error::Error for DownloadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            DownloadFault::NoUrl(error) => error.source(),
            DownloadFault::Transport(fault) => std::error::Error::source(fault),
            DownloadFault::Write(error) => error.source(),
            _ => None,
        }
    }
}
