import Foundation

/// The source files of the project, each once (folders that are symbolic links are the same files again).
enum Sources {
    static let root: String = {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        return url.path
    }()

    struct File {
        let room: String
        /// Relative to the root.
        let path: String
        let text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
    }

    static func files() throws -> [File] {
        let manager = FileManager.default
        var result: [File] = []
        for room in try manager.contentsOfDirectory(atPath: root + "/Sources").sorted() {
            let folder = "\(root)/Sources/\(room)"
            guard try manager.attributesOfItem(atPath: folder)[.type] as? FileAttributeType == .typeDirectory else { continue }
            guard let walker = manager.enumerator(atPath: folder) else { continue }
            for case let name as String in walker where name.hasSuffix(".swift") {
                let path = "Sources/\(room)/\(name)"
                result.append(File(room: room, path: path, text: try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)))
            }
        }
        return result.sorted { $0.path < $1.path }
    }
}
