/// C = start + A·B, each element the fused multiply-add chain over k in rising order, B read where it lies (`kBlock` 0) or in blocks.
func matrixProduct(
    _ c: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ aRow: Int, _ aColumn: Int,
    _ k: Int, _ n: Int, _ kBlock: Int, _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int,
    _ toColumn: Int
) {
    let c = c.assumingMemoryBound(to: Scalar.self) + (fromRow &* n &+ fromColumn)
    let a = a.assumingMemoryBound(to: Scalar.self) + fromRow &* aRow
    let b = b.assumingMemoryBound(to: Scalar.self) + fromColumn
    let start = start.map { $0.assumingMemoryBound(to: Scalar.self) + fromColumn }
    let rows = toRow &- fromRow
    let columns = toColumn &- fromColumn
    if kBlock > 0, let workspace {
        blockedProduct(c, a, b, start, aRow, aColumn, n, 1, k, n, kBlock, columnBlock, workspace, rows, columns)
    } else {
        TileRun(aRow: aRow, aColumn: aColumn, bRow: n, cRow: n, k: k, continues: false).allColumns(c, a, b, start, rows, columns)
    }
}

/// The same with B read transposed: B's element (k, n) is b[n*K + k].
func transposedProduct(
    _ c: UnsafeMutableRawPointer, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ aRow: Int, _ aColumn: Int,
    _ k: Int, _ n: Int, _ kBlock: Int, _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int,
    _ toColumn: Int
) {
    guard let workspace else { return }
    blockedProduct(
        c.assumingMemoryBound(to: Scalar.self) + (fromRow &* n &+ fromColumn), a.assumingMemoryBound(to: Scalar.self) + fromRow &* aRow,
        b.assumingMemoryBound(to: Scalar.self) + fromColumn &* k, start.map { $0.assumingMemoryBound(to: Scalar.self) + fromColumn }, aRow, aColumn,
        1, k, k, n, kBlock, columnBlock, workspace, toRow &- fromRow, toColumn &- fromColumn)
}

/// Rows of A that are worked on together: what the tallest tile holds.
private let rowBlock = 12

/// Block by block of B: a block is copied into panels that lie densely, then all rows of A pass over it. An element's chain is cut at a block's
/// end, stored, and goes on from what was stored: the same bits.
///
/// The workspace holds a block of B, kBlock x columnBlock, and behind it twelve rows of A, 12 x (kBlock + 16).
private func blockedProduct(
    _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?, _ aRow: Int,
    _ aColumn: Int, _ bRow: Int, _ bColumn: Int, _ k: Int, _ n: Int, _ kBlock: Int, _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer,
    _ rows: Int, _ columns: Int
) {
    let panels = workspace.assumingMemoryBound(to: Scalar.self)
    let rowsOfA = panels + kBlock &* columnBlock
    // Rows that lie far apart fall into the same few lines of the cache; near ones are read in place.
    let copiesRows = aColumn == 1 && aRow >= 512
    let packsRows = aRow == 1 && aColumn >= 512
    var column = 0
    while column < columns {
        let width = min(columnBlock, columns &- column)
        var first = 0
        repeat {
            let depth = min(kBlock, k &- first)
            if bColumn == 1 {
                packRows(panels, b + (first &* bRow &+ column), bRow, depth, width)
            } else {
                packTransposed(panels, b + (column &* bColumn &+ first), bColumn, depth, width)
            }
            let run = TileRun(aRow: aRow, aColumn: aColumn, bRow: panelWidth, cRow: n, k: depth, continues: first > 0)
            var row = 0
            while row < rows {
                let height = min(rowBlock, rows &- row)
                let source = a + (row &* aRow &+ first &* aColumn)
                let target = c + (row &* n &+ column)
                let start = start.map { $0 + column }
                if copiesRows {
                    let stride = kBlock &+ 16
                    for i in 0..<height { copyRow(rowsOfA + i &* stride, source + i &* aRow, depth) }
                    run.with(aRow: stride, aColumn: 1).panels(target, rowsOfA, panels, start, height, width)
                } else if packsRows {
                    packTall(rowsOfA, source, aColumn, depth, height)
                    run.with(aRow: 1, aColumn: rowBlock).panels(target, rowsOfA, panels, start, height, width)
                } else {
                    run.panels(target, source, panels, start, height, width)
                }
                row = row &+ height
            }
            first = first &+ depth
        } while first < k
        column = column &+ width
    }
}

/// y[N] = sum over the rows of x[M,N], each column's chain in rising order from 0; columns from ..< to.
func columnSum(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var j = from
    while j &+ 16 <= to {
        var sum = splat(0)
        for i in 0..<m { sum += load(x + (i &* n &+ j)) }
        store(sum, y + j)
        j = j &+ 16
    }
    while j < to {
        var sum: Scalar = 0
        for i in 0..<m { sum += x[i &* n &+ j] }
        y[j] = sum
        j = j &+ 1
    }
}
