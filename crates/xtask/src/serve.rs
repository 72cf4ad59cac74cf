//! The whole system on this machine: the site, the reservation server and its database.

use std::{
    net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener},
    path::PathBuf,
};

use crate::{
    program::Program,
    site,
    tools::Toolbox,
    trouble::{Outcome, Trouble},
    workspace::Workspace,
};

/// How to serve.
pub struct Serve {
    pub listen: SocketAddr,
    /// Where the server keeps its database; `data` in the repository unless chosen.
    pub data: Option<PathBuf>,
    pub origin: Option<String>,
}

impl Default for Serve {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            data: None,
            origin: None,
        }
    }
}

impl Serve {
    /// Sets up, builds and serves until it is stopped.
    pub fn run(self, workspace: &Workspace) -> Outcome {
        // Asked first: nobody should wait ten minutes to hear that a port is taken.
        self.port_is_free()?;
        let origin = self.origin.clone().unwrap_or_else(|| self.own_origin());
        let tools = Toolbox::for_build(workspace)?;
        site::build(workspace, &tools, &origin)?;
        self.port_is_free()?;
        let data = self.data.clone();
        let data = data.unwrap_or_else(|| workspace.root().join("data"));
        println!("==> The site is at {}/ (Ctrl-C ends it)", self.own_origin());
        Program::new(workspace.binary("reservation-server"))
            .args(["--listen", &self.listen.to_string()])
            .arg("--data")
            .arg(data)
            .arg("--site")
            .arg(workspace.dist())
            .directory(workspace.root())
            .become_it()
    }

    fn port_is_free(&self) -> Outcome {
        if self.listen.port() == 0 {
            return Err(Trouble::new(
                "The site's pages name their own address, so --listen needs a port other than 0.",
            ));
        }
        TcpListener::bind(self.listen).map(drop).map_err(|error| {
            Trouble::new(format!(
                "Cannot listen on {}: {error}. Stop what uses it, or choose another address with \
                 --listen, for example --listen 127.0.0.1:8081.",
                self.listen
            ))
        })
    }

    /// The address to open on this machine.
    fn own_origin(&self) -> String {
        let mut address = self.listen;
        if address.ip().is_unspecified() {
            // "Every interface" is no address a browser could open.
            match address {
                SocketAddr::V4(_) => address.set_ip(Ipv4Addr::LOCALHOST.into()),
                SocketAddr::V6(_) => address.set_ip(Ipv6Addr::LOCALHOST.into()),
            }
        }
        format!("http://{address}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn serve(listen: &str) -> Serve {
        Serve {
            listen: listen.parse().expect("an address"),
            ..Serve::default()
        }
    }

    #[test]
    fn the_origin_can_be_opened() {
        assert_eq!(Serve::default().own_origin(), "http://127.0.0.1:8080");
        assert_eq!(serve("0.0.0.0:9000").own_origin(), "http://127.0.0.1:9000");
        assert_eq!(serve("[::]:9000").own_origin(), "http://[::1]:9000");
    }

    #[test]
    fn a_taken_port_is_told_before_the_long_work() {
        let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = taken.local_addr().expect("an address").to_string();
        let trouble = serve(&address).port_is_free().expect_err("it is taken");
        assert!(trouble.to_string().contains("--listen"), "{trouble}");
    }
}
