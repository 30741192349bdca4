using System.IO.Compression;
using System.Text;

namespace AdminPortal.Bench;

/// <summary>Makes SAF packages, the same ones every time.</summary>
internal static class SafPackages
{
    /// <summary>Items of a <c>dublin_core.xml</c>, a <c>contents</c> and one file of 20,480 bytes that hardly compresses, like a scan.</summary>
    public static void WriteZip(string path, int items, string extension = "tif")
    {
        var random = new Random(20260101);
        var content = new byte[20_480];
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        for (var i = 0; i < items; i++)
        {
            Write(zip, $"item_{i:00000}/dublin_core.xml", Encoding.UTF8.GetBytes(DublinCore(i, random)));
            Write(zip, $"item_{i:00000}/contents", Encoding.UTF8.GetBytes($"scan_{i}.{extension}\tbundle:ORIGINAL\tdescription:Scan {i}\n"));
            random.NextBytes(content);
            Write(zip, $"item_{i:00000}/scan_{i}.{extension}", content);
        }
    }

    private static void Write(ZipArchive zip, string name, byte[] bytes)
    {
        using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
        entry.Write(bytes);
    }

    private static string DublinCore(int i, Random random) =>
        $"""
         <?xml version="1.0" encoding="utf-8"?>
         <dublin_core schema="dc">
           <dcvalue element="title" qualifier="none" language="en">Survey sheet {i} of the river valley</dcvalue>
           <dcvalue element="contributor" qualifier="author">Surveyor, Number {random.Next(1000)}</dcvalue>
           <dcvalue element="date" qualifier="issued">{random.Next(1850, 2026)}-{random.Next(1, 13):00}</dcvalue>
           <dcvalue element="subject" qualifier="none">cartography</dcvalue>
           <dcvalue element="subject" qualifier="none">rivers</dcvalue>
           <dcvalue element="description" qualifier="abstract">Sheet {i} shows the course of the river, its mills and bridges at a scale of one to five thousand.</dcvalue>
           <dcvalue element="type" qualifier="none">Map</dcvalue>
           <dcvalue element="language" qualifier="iso">en</dcvalue>
         </dublin_core>
         """;
}
