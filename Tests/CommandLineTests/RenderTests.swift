import Foundation
import TestSupport
import Testing

/// `render --diff` and `--format github`.
@Suite struct RenderTests {
    /// The short form holds nothing that is a default, and renders to the same long form.
    @Test(arguments: Repository.specs) func differenceSaysTheSame(_ spec: String) throws {
        try withFolder { folder in
            let whole = try Tool.run(["render", "specs/\(spec).yaml"], in: Repository.root)
            let short = try Tool.run(["render", "specs/\(spec).yaml", "--diff"], in: Repository.root)
            #expect(short.status == 0 && short.output.count < whole.output.count / 2, "\(short.output)")
            try short.output.write(toFile: "\(folder)/\(spec).yaml", atomically: false, encoding: .utf8)
            try FileManager.default.createSymbolicLink(atPath: folder + "/data", withDestinationPath: Repository.root + "/specs/data")
            let again = try Tool.run(["render", "\(spec).yaml"], in: folder)
            #expect(again.output == whole.output, "\(short.output)\n\(again.errors)")
            let twice = try Tool.run(["render", "\(spec).yaml", "--diff"], in: folder)
            #expect(twice.output == short.output)
        }
    }

    @Test func annotationsForAWorkflow() throws {
        try withFolder { folder in
            let text = "nnspec: 1\ndata: {path: a.csv, target: y}\nmodel: {layers: [1]}\ntraining: {epoch: 3}\nseed: x\nname: n\n"
            try text.write(toFile: folder + "/a,b.yaml", atomically: false, encoding: .utf8)
            try "x,y\n1,2\n".write(toFile: folder + "/a.csv", atomically: false, encoding: .utf8)
            let tool = try Tool.run(["check", "a,b.yaml", "--format", "github"], in: folder)
            #expect(tool.status == 3)
            let lines = tool.errors.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(
                lines.first?.hasPrefix("::error file=a%2Cb.yaml,line=4,col=12,endLine=4,endColumn=17,title=E0201::unknown key") == true, "\(lines)")
            #expect(lines.last?.contains("line=5,col=7") == true && lines.last?.contains("%0Afix: ") == false)
            let wrong = try Tool.run(["check", "a,b.yaml", "--format", "xml"], in: folder)
            #expect(wrong.status == 2 && wrong.errors.contains("github"))
        }
    }
}
