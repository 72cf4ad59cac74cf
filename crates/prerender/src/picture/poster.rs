//! The composition: awning, title, drawing, and the dark bar that says whose it is.

use std::fmt::Write as _;

use super::words::{Face, Room, Setting, Type, escape};
use crate::colours::Sheet;

/// The size link previews ask for.
pub const WIDTH: u16 = 1200;
/// Its other side.
pub const HEIGHT: u16 = 630;

/// The lower edge of the awning, and the upper edge of the bar.
const TOP: f32 = 84.0;
const FOOT: f32 = 536.0;
const MARGIN: f32 = 56.0;
/// Where the drawing's side begins, and how far a long word may push it.
const SPLIT: f32 = 700.0;
const PUSH: f32 = 70.0;
/// From line to line, at size one.
const LEADING: f32 = 0.94;

/// Where a drawing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// On the bar, before the bare wall: the gate.
    Wall,
    /// On the bar, before a painted wall: doors and other things with a foot.
    Niche,
    /// Over the whole right side, cut by its edges: scenes.
    Scene,
    /// On a cloth, larger than the room: plates seen from above.
    Table,
    /// On the right of the sea, which goes on to the left.
    Shore,
}

impl Stand {
    /// What the title keeps away from it; the wall's bricks come nearer than a painted edge.
    fn gap(self) -> f32 {
        if self == Self::Wall { 60.0 } else { 36.0 }
    }
}

/// What is said and shown.
#[derive(Debug, Clone, Copy)]
pub struct Poster<'a> {
    /// The page's title.
    pub title: &'a str,
    /// One of the site's drawings; the page around it is part of what its rules ask for.
    pub drawing: &'a str,
    /// Where it stands.
    pub stand: Stand,
    /// Where the house is.
    pub place: &'a str,
    /// The site's address without its scheme.
    pub host: &'a str,
}

impl Poster<'_> {
    /// The picture as one SVG that needs no style sheet.
    pub fn svg(&self, types: &Type, sheet: &Sheet) -> String {
        let (split, setting) = self.setting(types);
        [
            &format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
                 <style>{}</style><path fill=\"{}\" d=\"M0 0h{WIDTH}v{HEIGHT}H0z\"/>",
                sheet.for_drawing(self.drawing),
                sheet.token("--page"),
            ),
            &self.right(split, sheet),
            &title(&setting, sheet),
            &awning(sheet),
            &self.bar(types, sheet),
            "</svg>",
        ]
        .concat()
    }

    /// Where the drawing's side begins, and the title on the other: a long word may push.
    fn setting(&self, types: &Type) -> (f32, Setting) {
        let set = |split: f32| {
            let room = Room {
                width: split - MARGIN - self.stand.gap(),
                height: FOOT - TOP - 76.0,
                leading: LEADING,
                largest: 236.0,
            };
            types.set(self.title, Face::Display, room)
        };
        let usual = set(SPLIT);
        let pushed = set(SPLIT + PUSH);
        if pushed.size > usual.size * 1.08 && usual.size < 120.0 {
            (SPLIT + PUSH, pushed)
        } else {
            (SPLIT, usual)
        }
    }

    fn right(&self, split: f32, sheet: &Sheet) -> String {
        let wide = f32::from(WIDTH) - split;
        let tall = FOOT - TOP;
        let ground = |token: &str| {
            format!(
                "<path fill=\"{}\" d=\"M{split} 0H{WIDTH}V{HEIGHT}H{split}z\"/>",
                sheet.token(token)
            )
        };
        match self.stand {
            Stand::Wall => {
                let height = tall + 62.0;
                let room = (split + 8.0, FOOT - height, wide, height);
                // What grows over the gate's frame may leave it.
                placed(self.drawing, room, "xMidYMax meet").replacen(
                    "<svg ",
                    "<svg overflow=\"visible\" ",
                    1,
                )
            }
            Stand::Niche => {
                let height = tall + 16.0;
                let room = (split, FOOT + 8.0 - height, wide, height);
                ground("--ocre") + &placed(self.drawing, room, "xMidYMax meet")
            }
            Stand::Scene => {
                let room = (split, TOP - 34.0, wide, tall + 34.0);
                placed(self.drawing, room, "xMidYMax slice")
            }
            Stand::Shore => {
                let room = (split, TOP - 4.0, wide, tall + 4.0);
                ground("--a-sea") + &placed(self.drawing, room, "xMaxYMax meet")
            }
            Stand::Table => {
                let size = wide + 110.0;
                let room = (split + 20.0, (TOP + FOOT - size) / 2.0, size, size);
                ground("--fucsia-500") + &placed(self.drawing, room, "xMidYMid meet")
            }
        }
    }

    /// The wordmark, where the house is, and where to read on.
    fn bar(&self, types: &Type, sheet: &Sheet) -> String {
        let size = (440.0 / types.width(self.host, Face::Text)).min(30.0);
        let base = FOOT + 58.0;
        format!(
            "<path fill=\"{deep}\" d=\"M0 {FOOT}H{WIDTH}V{HEIGHT}H0z\"/>\
             <text x=\"{MARGIN}\" y=\"{mark}\" font-size=\"48\" fill=\"{cal}\" {display}>INTERNO</text>\
             <text x=\"{next}\" y=\"{base}\" font-size=\"30\" fill=\"{pale}\" {text}>{place}</text>\
             <text x=\"{right}\" y=\"{base}\" font-size=\"{size}\" fill=\"{cal}\" text-anchor=\"end\" {text}>{host}</text>",
            deep = sheet.token("--tinta"),
            cal = sheet.token("--cal"),
            pale = sheet.token("--fucsia-300"),
            mark = base + 4.0,
            next = MARGIN + types.width("INTERNO", Face::Display) * 48.0 + 28.0,
            right = f32::from(WIDTH) - MARGIN,
            place = escape(self.place),
            host = escape(self.host),
            display = Face::Display.attributes(),
            text = Face::Text.attributes(),
        )
    }
}

/// A drawing at a place: its own root element stays, so that its classes still lead to its rules.
fn placed(svg: &str, (x, y, width, height): (f32, f32, f32, f32), how: &str) -> String {
    svg.replacen(
        "<svg ",
        &format!(
            "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"{how}\" "
        ),
        1,
    )
}

/// The title, standing in the middle between awning and bar.
fn title(setting: &Setting, sheet: &Sheet) -> String {
    const CAPITALS: f32 = 0.66;
    let leading = setting.size * LEADING;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a title has fewer lines than a float has digits"
    )]
    let below = (setting.lines.len().saturating_sub(1)) as f32 * leading;
    let first = f32::midpoint(TOP + 8.0, FOOT) + (setting.size * CAPITALS - below) / 2.0;
    let mut y = first;
    let mut out = String::new();
    for line in &setting.lines {
        let _ = write!(
            out,
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{ink}\" {face}>{words}</text>",
            // Large letters carry their own margin.
            x = MARGIN - setting.size * 0.05,
            size = setting.size,
            ink = sheet.token("--ink"),
            face = Face::Display.attributes(),
            words = escape(line),
        );
        y += leading;
    }
    out
}

/// The candy stripes that edge every page.
fn awning(sheet: &Sheet) -> String {
    const STRIPE: f32 = 60.0;
    const RADIUS: f32 = STRIPE / 2.0;
    const EDGE: f32 = 10.0;
    let straight = TOP - RADIUS;
    let mut shade = String::new();
    let mut stripes = String::new();
    let mut x = -RADIUS;
    let mut pink = true;
    while x < f32::from(WIDTH) {
        let flap = |down: f32| {
            format!(
                "M{x} 0h{STRIPE}V{}a{RADIUS} {RADIUS} 0 0 1-{STRIPE} 0z",
                straight + down
            )
        };
        shade += &flap(6.0);
        let colour = sheet.token(if pink { "--fucsia-500" } else { "--scallop" });
        let _ = write!(stripes, "<path fill=\"{colour}\" d=\"{}\"/>", flap(0.0));
        x += STRIPE;
        pink = !pink;
    }
    format!(
        "<path fill=\"{}\" d=\"{shade}\"/>{stripes}<path fill=\"{}\" d=\"M0 0h{WIDTH}v{EDGE}H0z\"/>",
        sheet.token("--scallop-edge"),
        sheet.token("--fucsia-800"),
    )
}
