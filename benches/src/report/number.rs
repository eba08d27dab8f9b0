/// Three digits that mean something, or all of a whole part, in groups.
pub(super) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        100.0.. => 0,
        10.0.. => 1,
        _ => 2,
    };
    let text = format!("{value:.decimals$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let groups = whole.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",") + rest
}

/// As short as an axis or a bar needs it: `4.2 M`.
pub(super) fn short(value: f64) -> String {
    let (scaled, unit) = match value {
        1e6.. => (value / 1e6, " M"),
        1e4.. => (value / 1e3, " k"),
        _ => return number(value),
    };
    let decimals = if scaled < 10.0 { 2 } else { usize::from(scaled < 100.0) };
    format!("{scaled:.decimals$}{unit}")
}

/// Of a power of ten: `100 k`.
pub(super) fn power(exponent: i32) -> String {
    let unit = match exponent {
        9.. => "G",
        6.. => "M",
        3.. => "k",
        _ => "",
    };
    let digits = 10_f64.powi(if unit.is_empty() { exponent } else { exponent % 3 });
    format!("{digits} {unit}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{number, power, short};

    #[test]
    fn numbers_are_as_precise_as_they_are_worth() {
        let texts = [0.354, 12.34, 999.4, 1_234.5, 1_234_567.0].map(number);
        assert_eq!(texts, ["0.35", "12.3", "999", "1,234", "1,234,567"]);
        let texts = [950.0, 28_400.0, 310_000.0, 1e6, 4_359_000.0, 12_345_678.0].map(short);
        assert_eq!(texts, ["950", "28.4 k", "310 k", "1.00 M", "4.36 M", "12.3 M"]);
        assert_eq!([0, 2, 3, 5, 6, 9].map(power), ["1", "100", "1 k", "100 k", "1 M", "1 G"]);
    }
}
