//! The port: connections come in while it is open, and are refused while it is shut.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::exchange::serve;
use super::platform::Platform;

/// Whether connections are wanted, and whether they are taken yet.
pub(super) struct Door {
    wanted: watch::Sender<bool>,
    open: watch::Receiver<bool>,
}

impl Door {
    pub(super) fn open(
        listener: std::net::TcpListener,
        address: SocketAddr,
        platform: &Arc<Platform>,
    ) -> Self {
        let (is_open, open) = watch::channel(true);
        let (wanted, platform) = (platform.wanted.clone(), Arc::clone(platform));
        let handle = platform.handle.clone();
        let keeper = Keeper { address, wanted: wanted.subscribe(), is_open, platform };
        handle.spawn(async move {
            if let Err(error) = keeper.keep(listener).await {
                eprintln!("the stand-in listens no more: {error}");
            }
        });
        Self { wanted, open }
    }

    /// Returns when it is so.
    pub(super) async fn set(&self, open: bool) {
        self.wanted.send_replace(open);
        let mut seen = self.open.clone();
        // An error means that the keeper is gone, and that there is nothing to wait for.
        drop(seen.wait_for(|is_open| *is_open == open).await);
    }
}

/// Shuts the door for this long. The connection that asks for it ends with all others.
pub(super) fn shut_for(platform: &Arc<Platform>, time: Duration) {
    let wanted = platform.wanted.clone();
    wanted.send_replace(false);
    platform.handle.spawn(async move {
        sleep(time).await;
        wanted.send_replace(true);
    });
}

/// What stands behind the door.
struct Keeper {
    address: SocketAddr,
    wanted: watch::Receiver<bool>,
    is_open: watch::Sender<bool>,
    platform: Arc<Platform>,
}

impl Keeper {
    async fn keep(mut self, listener: std::net::TcpListener) -> io::Result<()> {
        let mut listener = TcpListener::from_std(listener)?;
        loop {
            self.take_connections(&listener).await;
            drop(listener);
            let socket = reserve(self.address)?;
            self.is_open.send_replace(false);
            if self.wanted.wait_for(|open| *open).await.is_err() {
                return Ok(());
            }
            listener = socket.listen(1024)?;
            self.is_open.send_replace(true);
        }
    }

    /// Until the door is to be shut; then every connection ends.
    async fn take_connections(&mut self, listener: &TcpListener) {
        let mut connections = JoinSet::new();
        let platform = &self.platform;
        tokio::select! {
            _ = self.wanted.wait_for(|open| !open) => {}
            () = accept(listener, &mut connections, platform) => {}
        }
        connections.shutdown().await;
    }
}

async fn accept(listener: &TcpListener, connections: &mut JoinSet<()>, platform: &Arc<Platform>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(platform)))),
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
