/// An array or an object of JSON among the texts of a column: as it stands in the file, behind a byte that no text has.
package enum NestedText {
    private static let mark: UInt8 = 0xFF

    static func withText(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        scratch.removeAll(keepingCapacity: true)
        scratch.append(mark)
        scratch.append(contentsOf: bytes)
        scratch.withUnsafeBufferPointer(body)
    }

    /// The JSON that a text of a column is; nil for any other text.
    package static func json(_ texts: TextTable, _ number: Int) -> String? {
        texts.withText(number) { $0.first == mark ? String(decoding: $0.dropFirst(), as: UTF8.self) : nil }
    }
}
