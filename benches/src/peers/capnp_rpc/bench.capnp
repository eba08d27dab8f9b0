@0xd3b1a6f0c94e2a57;

interface Bench {
  add @0 (a :Int64, b :Int64) -> (sum :Int64);
  echo @1 (payload :Data) -> (payload :Data);
  count @2 (count :UInt64, into :Numbers) -> ();

  interface Numbers {
    item @0 (number :UInt64) -> stream;
    done @1 () -> ();
  }
}
