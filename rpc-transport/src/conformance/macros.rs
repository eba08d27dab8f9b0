//! The list of cases, and the macro that makes tests of it.

/// Makes a module of one `#[test]` per conformance case: `transport_conformance!(module_name, subject)`.
///
/// `subject` is an expression of type [`Subject`](crate::conformance::Subject); it is evaluated for each case. Every
/// test has a tokio runtime of two threads of its own.
#[macro_export]
macro_rules! transport_conformance {
    ($module:ident, $subject:expr) => {
        mod $module {
            #[allow(unused_imports, reason = "the subject may need them or not")]
            use super::*;
            $crate::__conformance_cases! { __conformance_tests ($subject) }
        }
    };
}

/// Hands the list of cases to another macro.
#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_cases {
    ($then:ident $($before:tt)*) => {
        $crate::$then! {
            $($before)*
            transfer {
                echo_with_short_reads_and_writes
                both_directions_at_once
                halves_on_different_threads
                zero_byte_write
            }
            closing {
                half_close
                end_is_told_again_and_again
                peer_gone_while_reading
                peer_gone_while_writing
                peer_gone_after_part_of_a_frame
            }
            wakers {
                latest_waker_of_a_read
                latest_waker_of_a_write
            }
            cancelling {
                cancelled_accept
                cancelled_connect
            }
            listening {
                address_in_use
                nobody_listening
                address_is_free_after_drop
                connections_that_wait_end_with_the_listener
                endpoint_can_be_dialled
                accepted_for_another_runtime
                invalid_addresses
                parameters
            }
            many {
                thousand_connections_in_sequence
                thousand_connections_64_at_a_time
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_tests {
    (($subject:expr) $($group:ident { $($case:ident)* })*) => {
        $($(
            #[test]
            fn $case() {
                $crate::conformance::run_case(stringify!($case), $subject);
            }
        )*)*
    };
}
