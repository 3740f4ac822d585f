/// Words for a command that a message shows.
enum ShellWord {
    /// A word as a shell takes it.
    static func quoted(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (byte | 32) >= UInt8(ascii: "a") && (byte | 32) <= UInt8(ascii: "z")
                    || byte >= UInt8(ascii: "+") && byte <= UInt8(ascii: "=") && byte != UInt8(ascii: ";")
                        && byte != UInt8(ascii: "<")
                    || byte == UInt8(ascii: "_")
            }
        return isPlain ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
