//! From drawing to file: rendering, and a PNG with few colours.

use std::collections::HashMap;

use resvg::tiny_skia::{Pixmap, Transform};

use super::poster::{HEIGHT, WIDTH};
use super::words::Type;
use crate::Problem;

type Colour = [u8; 3];

/// Renders an SVG and writes it with a palette: flat colour needs no more, and weighs a third.
pub fn png(svg: &str, types: &Type) -> Result<Vec<u8>, Problem> {
    let tree = types.tree(svg)?;
    let mut pixels = Pixmap::new(WIDTH.into(), HEIGHT.into()).ok_or("no room for a picture")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    // The ground is opaque everywhere, so that alpha says nothing.
    let colours: Vec<Colour> = pixels
        .pixels()
        .iter()
        .map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
    let palette = palette(&colours);
    let indexes = indexes(&colours, &palette);
    encode(&indexes, &palette).map_err(|error| error.to_string())
}

/// The colours that cover most, exactly; of shades that hardly differ, the most frequent one.
fn palette(colours: &[Colour]) -> Vec<Colour> {
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for colour in colours {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut groups: HashMap<Colour, (usize, usize, Colour)> = HashMap::new();
    for (colour, count) in counts {
        let group = groups.entry(colour.map(|part| part >> 4)).or_default();
        group.0 += count;
        // Of two as frequent ones the darker: the same picture on every run.
        if (count, group.2) > (group.1, colour) {
            group.1 = count;
            group.2 = colour;
        }
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by(|a, b| b.cmp(a));
    groups.iter().take(256).map(|group| group.2).collect()
}

/// For each pixel the place of the nearest colour.
fn indexes(colours: &[Colour], palette: &[Colour]) -> Vec<u8> {
    let mut known: HashMap<Colour, u8> = HashMap::new();
    colours
        .iter()
        .map(|colour| {
            *known.entry(*colour).or_insert_with(|| {
                let nearest = (0..=u8::MAX)
                    .zip(palette)
                    .min_by_key(|(_, other)| distance(*colour, **other));
                nearest.map_or(0, |(index, _)| index)
            })
        })
        .collect()
}

fn distance(a: Colour, b: Colour) -> u32 {
    a.into_iter()
        .zip(b)
        .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

fn encode(indexes: &[u8], palette: &[Colour]) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH.into(), HEIGHT.into());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    // Neighbours in a palette are no neighbours in colour: filters only disturb.
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(indexes)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_colours_survive_exactly_and_shades_find_their_nearest() {
        let mut colours = vec![[181, 18, 107]; 900];
        colours.extend(vec![[255, 248, 240]; 90]);
        colours.extend([[182, 18, 107], [250, 240, 240]]);
        let palette = palette(&colours);
        assert_eq!(palette.first(), Some(&[181, 18, 107]));
        assert_eq!(palette.get(1), Some(&[255, 248, 240]));
        assert_eq!(palette.len(), 2);
        let indexes = indexes(&colours, &palette);
        assert_eq!(indexes.last(), Some(&1));
        assert_eq!(
            indexes
                .iter()
                .map(|index| usize::from(*index))
                .sum::<usize>(),
            91
        );
    }

    #[test]
    fn a_palette_never_outgrows_a_byte() {
        let colours: Vec<Colour> = (0..=255)
            .flat_map(|a| (0..=255).step_by(16).map(move |b| [a, b, 7]))
            .collect();
        assert_eq!(palette(&colours).len(), 256);
    }
}
