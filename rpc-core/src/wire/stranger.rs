/// What a server sends to a peer whose first bytes are not the magic, before it closes the connection: an answer
/// in the peer's own language where its first bytes tell which that is, so that people see what went wrong.
///
/// ```
/// use rpc_core::wire::refusal_for_stranger;
/// assert!(refusal_for_stranger(b"GET / HT").starts_with(b"HTTP/1.1 400 Bad Request\r\n"));
/// ```
pub fn refusal_for_stranger(first: &[u8]) -> Vec<u8> {
    if HTTP_METHODS.iter().any(|method| first.starts_with(method.as_bytes())) {
        return format!(
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n{SENTENCE}",
            SENTENCE.len()
        )
        .into_bytes();
    }
    if let [TLS_HANDSHAKE, 3, ..] = first {
        return TLS_ALERT.to_vec();
    }
    SENTENCE.as_bytes().to_vec()
}

const SENTENCE: &str =
    "This port speaks the native wire of farcall: connect with a farcall client, or to another port.\n";

const HTTP_METHODS: [&str; 9] =
    ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "];

const TLS_HANDSHAKE: u8 = 22;

/// Record: alert, TLS 1.2 (which 1.3 writes too), two bytes: fatal, protocol_version.
const TLS_ALERT: [u8; 7] = [21, 3, 3, 0, 2, 2, 70];
