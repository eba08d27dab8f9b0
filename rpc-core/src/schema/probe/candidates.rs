//! Values to answer with. A type that refuses one is offered the next.

/// Of what people put into text, an example each; plain ones first.
pub(super) const TEXTS: &[&str] = &[
    "",
    "a",
    "0",
    "1",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "http://localhost/",
    "2024-01-31",
    "2024-01-31T12:34:56Z",
    "2024-01-31T12:34:56",
    "2024-01-31 12:34:56",
    "2024-01-31 12:34:56 UTC",
    "2024-01-31 12:34:56.0 +00:00:00",
    "2024-01-31T12:34:56+00:00[UTC]",
    "Wed, 31 Jan 2024 12:34:56 +0000",
    "12:34:56",
    "12:34:56.0",
    "127.0.0.1",
    "::1",
    "127.0.0.1:80",
    "[::1]:80",
    "10.0.0.0/8",
    "fe80::/10",
    "1.2.3",
    "^1",
    "1.5",
    "1/2",
    "true",
    "1s",
    "PT1S",
    "+00:00",
    "UTC",
    "Mon",
    "January",
    "en",
    "EUR",
    "a@example.org",
    "text/plain",
    "#000000",
    "00",
    "0x0",
    "00:00:00:00:00:00",
    "/a",
    "AAAA",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "0000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
];

const NUMBERS: &[i64] = &[0, 1, 2, 3, 5, 7, 10, 12, 16, 24, 60, 100, 1024, 2024, 65_537, 1_700_000_000, -1];

/// Which of them is above what often is a length or a number of a variant.
pub(super) const LARGE_NUMBER: usize = 11;

const FLOATS: &[f64] = &[0.0, 1.0, 0.5, 2.0, 10.0, 100.0, -1.0];

const SHORT_FLOATS: &[f32] = &[0.0, 1.0, 0.5, 2.0, 10.0, 100.0, -1.0];

const CHARS: &[char] = &['a', '0', 'A', ' ', '/', '+', '\n'];

const LENGTHS: &[usize] = &[0, 1, 16, 4, 32, 8, 12, 20, 24, 28, 48, 64, 2, 3, 6, 33, 65, 96, 128, 256];

static ZEROES: [u8; 256] = [0; 256];

/// Of a type that takes anything, this answer is a map, whose entries are found one by one.
pub(super) const MAP: usize = 1;

/// No question is asked more often.
pub(super) const MOST: usize = TEXTS.len() + 1;

pub(super) fn boolean(attempt: usize) -> bool {
    !attempt.is_multiple_of(2)
}

pub(super) fn number<T: TryFrom<i64> + Default>(attempt: usize) -> T {
    let number = NUMBERS.get(attempt).copied().unwrap_or(0);
    T::try_from(number).unwrap_or_default()
}

pub(super) fn small(attempt: usize) -> i8 {
    number(attempt)
}

pub(super) fn short_float(attempt: usize) -> f32 {
    SHORT_FLOATS.get(attempt).copied().unwrap_or(0.0)
}

pub(super) fn float(attempt: usize) -> f64 {
    FLOATS.get(attempt).copied().unwrap_or(0.0)
}

pub(super) fn character(attempt: usize) -> char {
    CHARS.get(attempt).copied().unwrap_or('a')
}

pub(super) fn text(attempt: usize) -> &'static str {
    TEXTS.get(attempt).copied().unwrap_or("")
}

pub(super) fn bytes(attempt: usize) -> &'static [u8] {
    let length = LENGTHS.get(attempt).copied().unwrap_or(0);
    ZEROES.get(..length).unwrap_or(&ZEROES)
}
