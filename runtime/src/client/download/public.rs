//! Which addresses a file may come from, unless private ones are allowed: those that are public.

use std::collections::HashSet;
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Request, Response, Url};

use crate::client::connections::{Network, fault};
use crate::error::TransportFault;

/// Connections to public addresses only. Made when the first file is downloaded.
pub(in crate::client) struct Public {
    network: Network,
    hosts: Arc<Hosts>,
    client: OnceLock<reqwest::Client>,
}

impl Public {
    pub(super) fn new(network: Network) -> Self {
        Self { network, hosts: Arc::default(), client: OnceLock::new() }
    }

    /// Sends a request whose host has been checked as far as it can be told from its name.
    pub(super) async fn send(&self, request: Request) -> Result<Response, TransportFault> {
        let client = self.client()?;
        self.hosts.guard(request.url());
        client.execute(request).await.map_err(fault)
    }

    fn client(&self) -> Result<&reqwest::Client, TransportFault> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let resolver = Arc::clone(&self.hosts);
        let client = self.network.remote(|builder| builder.dns_resolver(resolver));
        let client = client.map_err(TransportFault::Connect)?;
        Ok(self.client.get_or_init(|| client))
    }
}

/// Resolves the names of the hosts that files come from, to public addresses only. Other names, as that of the proxy, to
/// any.
#[derive(Default)]
struct Hosts(Mutex<HashSet<String>>);

impl Hosts {
    fn guard(&self, url: &Url) {
        let mut guarded = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = url.host_str().filter(|host| !guarded.contains(*host)) {
            guarded.insert(host.to_owned());
        }
    }

    fn is_guarded(&self, name: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }
}

impl Resolve for Hosts {
    fn resolve(&self, name: Name) -> Resolving {
        let is_guarded = self.is_guarded(name.as_str());
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let found: Vec<SocketAddr> = found.collect();
            let allowed = found.iter().copied();
            let allowed = allowed.filter(|at| !is_guarded || is_public(at.ip()));
            let allowed: Vec<SocketAddr> = allowed.collect();
            match allowed.is_empty() && !found.is_empty() {
                true => Err(PrivateAddress.into()),
                false => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

/// A name that resolves to addresses that are not public, and to no other.
#[derive(Debug)]
struct PrivateAddress;

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no address is public")
    }
}

impl Error for PrivateAddress {}

/// Whether no connection was made because the host's addresses are not public.
pub(super) fn is_for_private_address(fault: &TransportFault) -> bool {
    let TransportFault::Connect(error) = fault else { return false };
    let mut cause: Option<&(dyn Error + 'static)> = Some(&**error);
    while let Some(error) = cause {
        if error.is::<PrivateAddress>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Whether a host may be public, as far as it can be told without resolving its name.
pub(super) fn may_be_public(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_end_matches('.');
    match host.trim_matches(['[', ']']).parse() {
        Ok(address) => is_public(address),
        Err(_) => host != "localhost" && !host.ends_with(".localhost"),
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// By the registry of special addresses (RFC 6890 and its successors).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        // This network; shared by a provider's customers; of protocols; of benchmarks; reserved.
        [0, ..] | [100, 64..=127, ..] | [192, 0, 0, _] | [198, 18..=19, ..] | [240..=255, ..] => {
            true
        }
        // Relays of IPv6.
        [192, 88, 99, _] => true,
        _ => false,
    };
    !(is_special
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

/// Of what holds an IPv4 address, that address counts.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // IPv4-mapped, IPv4-translated (two ways), 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => is_public_v4(v4(high, low)),
        // Teredo, which holds one in disguise; of protocols; documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // What is public of today's addresses; not loopback, private, of a link, multicast, or an IPv4 address of old.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

fn v4(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
}
