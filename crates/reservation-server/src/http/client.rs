//! Whose call it is, as far as that can be known.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

use crate::settings::Network;

/// The client's address: the peer's, or, behind proxies the operator trusts, the last address in
/// `X-Forwarded-For` that is not one of them. What stands before that anybody could have written.
fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let mut address = peer.to_canonical();
    if !is_trusted(address) {
        return address;
    }
    let lists: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    for part in lists.iter().rev().flat_map(|list| list.rsplit(',')) {
        let Ok(next) = part.trim().parse::<IpAddr>() else {
            break;
        };
        address = next.to_canonical();
        if !is_trusted(address) {
            break;
        }
    }
    address
}

/// The client of a call: its address, or the household's that it stands for.
pub(crate) fn of(peer: SocketAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    household(address(peer.ip(), headers, trusted))
}

/// Addresses that are one client: a household or a phone has a whole IPv6 /64 to choose from.
fn household(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| text.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(told("9.9.9.9", &["1.1.1.1"], &[]), "9.9.9.9");
        assert_eq!(told("10.0.0.1", &["1.1.1.1"], &["10.0.0.0/8"]), "1.1.1.1");
        assert_eq!(
            told("10.0.0.1", &["6.6.6.6, 1.1.1.1, 10.0.0.2"], &["10.0.0.0/8"]),
            "1.1.1.1"
        );
        assert_eq!(
            told("10.0.0.1", &["6.6.6.6", "1.1.1.1"], &["10.0.0.0/8"]),
            "1.1.1.1"
        );
        assert_eq!(told("10.0.0.1", &["nonsense"], &["10.0.0.0/8"]), "10.0.0.1");
    }

    #[test]
    fn a_household_is_one_client() {
        let one = household("2001:db8::1".parse().unwrap());
        assert_eq!(one, household("2001:db8::ffff:1".parse().unwrap()));
        assert_ne!(one, household("2001:db8:0:1::1".parse().unwrap()));
    }
}
