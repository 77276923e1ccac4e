//! The port: connections come in while it is open, and are refused while it is shut.
//!
//! `connection` gives each connection to hyper, which asks axum's router (`route`) for responses. Around every
//! endpoint, `exchange` counts the request, keeps it, and applies the fault that is due. `wire`, a stream under
//! hyper, is the only raw piece: it delays, cuts, replaces or resets what is written, which no HTTP library does. An
//! area (orders, refunds, settlements, …) is a struct whose functions take it and the `Context` of settings, clock,
//! ids and callbacks to send. Money is accounted for on the items of an order, so refunds and settlements know orders
//! and not each other. Only `route` (paths) and `emulator` (methods) know all areas.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::connection::serve;
use crate::platform::Platform;

/// Whether connections are wanted, and whether they are taken yet.
pub(crate) struct Door {
    wanted: watch::Sender<bool>,
    open: watch::Sender<bool>,
}

impl Door {
    pub(crate) fn new() -> Self {
        Self { wanted: watch::Sender::new(true), open: watch::Sender::new(true) }
    }

    /// Returns when it is so.
    pub(crate) async fn set(&self, open: bool) {
        self.wanted.send_replace(open);
        let mut seen = self.open.subscribe();
        // An error means that the listener is gone, and that there is nothing to wait for.
        drop(seen.wait_for(|is_open| *is_open == open).await);
    }
}

/// Takes connections while the door is open, and has the router answer on them.
pub(crate) fn listen(
    listener: std::net::TcpListener,
    address: SocketAddr,
    platform: &Arc<Platform>,
    router: Router,
) {
    let keeper = Keeper { address, platform: Arc::clone(platform), router };
    platform.handle.spawn(async move {
        if let Err(error) = keeper.keep(listener).await {
            eprintln!("the emulator stopped listening: {error}");
        }
    });
}

/// Shuts the door for this long. The connection that asks for it ends with all others.
pub(crate) fn shut_for(platform: &Arc<Platform>, time: Duration) {
    let shared = Arc::clone(platform);
    platform.handle.spawn(async move {
        shared.door.set(false).await;
        sleep(time).await;
        shared.door.set(true).await;
    });
}

/// What stands behind the door.
struct Keeper {
    address: SocketAddr,
    platform: Arc<Platform>,
    router: Router,
}

impl Keeper {
    async fn keep(&self, listener: std::net::TcpListener) -> io::Result<()> {
        let Door { wanted, open } = &self.platform.door;
        let mut wanted = wanted.subscribe();
        let mut listener = TcpListener::from_std(listener)?;
        loop {
            self.take_connections(listener, &mut wanted).await;
            let socket = reserve(self.address)?;
            open.send_replace(false);
            drop(wanted.wait_for(|wanted| *wanted).await);
            listener = socket.listen(1024)?;
            open.send_replace(true);
        }
    }

    /// Until the door is to be shut. Then no new one comes, and after that the old ones end, so that who loses one finds
    /// the door shut.
    async fn take_connections(&self, listener: TcpListener, wanted: &mut watch::Receiver<bool>) {
        let mut connections = JoinSet::new();
        tokio::select! {
            _ = wanted.wait_for(|wanted| !wanted) => {}
            () = accept(&listener, &mut connections, &self.router) => {}
        }
        drop(listener);
        connections.shutdown().await;
    }
}

async fn accept(listener: &TcpListener, connections: &mut JoinSet<()>, router: &Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(stream, router.clone()))),
            // No more files may be opened, say: it passes.
            Err(_) => sleep(Duration::from_millis(10)).await,
        }
        while connections.try_join_next().is_some() {}
    }
}

/// Holds the port without listening, so that it is refused and nobody else gets it.
fn reserve(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}
