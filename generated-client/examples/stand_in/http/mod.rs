//! HTTP/1.1 over a byte stream: as much of RFC 9112 as a server of an API needs, with bounds on everything.

mod message;
mod read;
mod write;
mod multipart;
mod post;

pub(crate) use self::message::Headers;
pub(super) use self::{
    message::{Body, Head, Pieces, Request, Response},
    multipart::{Part, parts},
    post::post,
    read::{Broken, Incoming},
    write::{Pace, write},
};
