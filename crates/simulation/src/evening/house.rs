//! What kind of house it is, and which API it is behind.

use crate::dice::Dice;
use crate::reservations::{Config, Provider};
use crate::server::{Server, Speaks};

/// On every third evening it is OCTO, on some of the others Cal.com's.
pub fn speaks(seed: u64) -> Speaks {
    match (seed % 3, seed % 4) {
        (0, _) => Speaks::Octo,
        (_, 1) => Speaks::Calcom,
        _ => Speaks::Native,
    }
}

/// The site's way to speak to it.
#[expect(clippy::expect_used, reason = "the text is a configuration")]
pub fn provider(speaks: Speaks) -> Provider {
    let own = match speaks {
        Speaks::Native => r#""native","venueId":"interno""#,
        Speaks::Octo => r#""octo","venueId":"interno""#,
        Speaks::Calcom => r#""calcom","eventTypeId":4711,"partyField":"people""#,
    };
    let config =
        format!(r#"{{"reservations":{{"provider":{own},"baseUrl":"/api/v1","mode":"live"}}}}"#);
    let provider = Config::read(&config).and_then(|config| config.provider(true));
    provider.expect("a provider")
}

/// A house as the dice have it; behind another API than its own it takes no dishes and has no rules.
pub fn house(dice: &mut Dice, seed: u64) -> Server {
    let mut server = Server::new(
        dice.one_in(2),
        dice.one_in(2),
        dice.one_in(3),
        dice.one_in(4),
    );
    server.speaks = speaks(seed);
    server.breaks_on_known_uuid = seed.is_multiple_of(2);
    server.fronted = server.speaks == Speaks::Octo && (seed / 6).is_multiple_of(2);
    let native = server.speaks == Speaks::Native;
    server.waitlist = dice.one_in(2) && native;
    if !native {
        (server.preorder, server.rules, server.asks) = (false, false, false);
    }
    server
}
