use std::fmt::Write as _;

use super::number::{power, short};
use super::{PeerInfo, Results, Spread};
use crate::run::Place;
use crate::scenarios::{Metric, Scenario};

const PANELS: [Scenario; 6] = [
    Scenario::OneAtATime,
    Scenario::InFlight { connections: 1, callers: 64 },
    Scenario::InFlight { connections: 1, callers: 1_024 },
    Scenario::InFlight { connections: 16, callers: 16 },
    Scenario::Echo { bytes: 64 << 10 },
    Scenario::Stream,
];

// Pixels.
const COLUMNS: usize = 2;
const PANEL: f64 = 450.0;
const NAMES: f64 = 116.0;
const BARS: f64 = 260.0;
const ROW: f64 = 19.0;
const BAR: f64 = 13.0;
const HEAD: f64 = 44.0;
const FOOT: f64 = 34.0;
const CAPTION: f64 = 52.0;

/// Nothing behind it, and colours that can be read on white and on black: an image in a page does not always learn which
/// of the two it is.
const STYLE: &str = "\
text { font: 12px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #7d8590 }
.title { font-weight: 600; font-size: 13px }
.axis { font-size: 10px }
.grid { stroke: #7d8590; stroke-opacity: .35 }
.spread { stroke: #57606a; stroke-width: 1.5 }
.ours { fill: #e0662a } .other { fill: #5b8bc9 } .hand { fill: #a8b0b9 }
.ours-text { font-weight: 600; fill: #e0662a }
";

/// An SVG of what tells most, in the first place that was measured: bars are medians, lines on them the spread.
pub fn plot(results: &Results) -> String {
    let Some(place) = results.places().first().copied() else { return String::new() };
    let panels = PANELS.into_iter().filter_map(|scenario| panel(results, place, scenario));
    let panels: Vec<Panel<'_>> = panels.collect();
    let rows = panels.iter().map(|panel| panel.bars.len()).max().unwrap_or(0);
    let height = HEAD + rows as f64 * ROW + FOOT;
    let caption_top = height * panels.len().div_ceil(COLUMNS) as f64;
    let (across, down) = (PANEL * COLUMNS as f64, caption_top + CAPTION);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {across} {down:.0}\" width=\"{across}\" \
         height=\"{down:.0}\" role=\"img\" aria-label=\"Calls, payloads and items per second of each library\">\n\
         <style>\n{STYLE}</style>\n"
    );
    for (at, panel) in panels.iter().enumerate() {
        let (x, y) = ((at % COLUMNS) as f64 * PANEL, (at / COLUMNS) as f64 * height);
        _ = writeln!(svg, "<g transform=\"translate({x},{y})\">\n{}</g>", panel.draw());
    }
    svg + &caption(results, place, caption_top) + "</svg>\n"
}

fn caption(results: &Results, place: Place, top: f64) -> String {
    let mut svg = String::new();
    let colours = [("ours", "farcall"), ("other", "other libraries"), ("hand", "written by hand")];
    for (at, (class, text)) in colours.into_iter().enumerate() {
        let x = NAMES + at as f64 * 130.0;
        _ = writeln!(
            svg,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{:.1}\" width=\"{BAR}\" height=\"{BAR}\" rx=\"2\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\">{text}</text>",
            top + 6.0,
            x + BAR + 6.0,
            top + 17.0
        );
    }
    let about = &results.about;
    svg + &format!(
        "<text class=\"axis\" x=\"{NAMES}\" y=\"{:.1}\">Medians of {} rounds, from least to most, on logarithmic \
         axes. Loopback, {place}, {} × {}.</text>\n",
        top + 38.0,
        about.rounds,
        about.cpus,
        about.cpu
    )
}

struct Panel<'a> {
    title: String,
    bars: Vec<(&'a PeerInfo, Spread)>,
}

fn panel(results: &Results, place: Place, scenario: Scenario) -> Option<Panel<'_>> {
    let metric: Metric = scenario.metrics()[0];
    let spread = |info: &PeerInfo| results.spread(place, scenario, metric, &info.peer);
    let bars = results.peers.iter().filter_map(|info| Some((info, spread(info)?)));
    let mut bars: Vec<(&PeerInfo, Spread)> = bars.collect();
    bars.sort_by(|(_, one), (_, other)| other.median.total_cmp(&one.median));
    let title = format!("{}: {}", scenario.title(), metric.name());
    (!bars.is_empty()).then_some(Panel { title, bars })
}

impl Panel<'_> {
    fn draw(&self) -> String {
        let axis = Axis::of(&self.bars);
        let bottom = HEAD + self.bars.len() as f64 * ROW;
        let mut svg = format!("<text class=\"title\" x=\"{NAMES}\" y=\"24\">{}</text>\n", self.title);
        for exponent in axis.low..=axis.high {
            let x = axis.x(10_f64.powi(exponent));
            _ = writeln!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{:.1}\" y2=\"{bottom:.1}\"/>\
                 <text class=\"axis\" x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                HEAD - 8.0,
                bottom + 14.0,
                power(exponent)
            );
        }
        for (at, (info, spread)) in self.bars.iter().enumerate() {
            svg += &bar(&axis, HEAD + at as f64 * ROW, info, *spread);
        }
        svg
    }
}

fn bar(axis: &Axis, top: f64, info: &PeerInfo, spread: Spread) -> String {
    let (class, text) = match info {
        info if info.is_ours() => ("ours", "ours-text"),
        info if info.is_library() => ("other", "other-text"),
        _ => ("hand", "hand-text"),
    };
    let [least, median, most] = [spread.least, spread.median, spread.most].map(|value| axis.x(value));
    let (middle, base) = (top + BAR / 2.0, top + BAR - 2.0);
    format!(
        "<text class=\"{text}\" x=\"{:.1}\" y=\"{base:.1}\" text-anchor=\"end\">{}</text>\
         <rect class=\"{class}\" x=\"{NAMES}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{BAR}\" rx=\"2\"/>\
         <line class=\"spread\" x1=\"{least:.1}\" x2=\"{most:.1}\" y1=\"{middle:.1}\" y2=\"{middle:.1}\"/>\
         <text class=\"{text}\" x=\"{:.1}\" y=\"{base:.1}\">{}</text>\n",
        NAMES - 8.0,
        info.peer,
        median - NAMES,
        most.max(median) + 6.0,
        short(spread.median),
    )
}

/// Powers of ten, from the one below the least to the one above the most.
struct Axis {
    low: i32,
    high: i32,
}

impl Axis {
    fn of(bars: &[(&PeerInfo, Spread)]) -> Self {
        let least = bars.iter().map(|(_, spread)| spread.least).fold(f64::INFINITY, f64::min);
        let most = bars.iter().map(|(_, spread)| spread.most).fold(1.0, f64::max);
        let low = least.max(1.0).log10().floor() as i32;
        Self { low, high: (most.log10().ceil() as i32).max(low + 1) }
    }

    fn x(&self, value: f64) -> f64 {
        let share = (value.max(1e-9).log10() - f64::from(self.low)) / f64::from(self.high - self.low);
        NAMES + BARS * share.max(0.0)
    }
}
