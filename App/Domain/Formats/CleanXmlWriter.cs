using System.Xml;

namespace AdminPortal.Domain.Formats;

/// <summary>Passes everything on, but for the characters that XML does not have: one of them in a title must not cost the record, let alone the page of records that it is in.</summary>
internal sealed class CleanXmlWriter(XmlWriter inner) : XmlWriter
{
    public override WriteState WriteState => inner.WriteState;

    public override XmlSpace XmlSpace => inner.XmlSpace;

    public override string? XmlLang => inner.XmlLang;

    public override void WriteString(string? text) => inner.WriteString(text is null ? null : XmlCharacters.Clean(text));

    public override void WriteChars(char[] buffer, int index, int count) => inner.WriteString(XmlCharacters.Clean(new string(buffer, index, count)));

    public override void WriteWhitespace(string? ws) => inner.WriteWhitespace(ws);

    public override void WriteCData(string? text) => inner.WriteCData(text is null ? null : XmlCharacters.Clean(text));

    public override void WriteComment(string? text) => inner.WriteComment(text is null ? null : XmlCharacters.Clean(text));

    public override void WriteProcessingInstruction(string name, string? text) => inner.WriteProcessingInstruction(name, text is null ? null : XmlCharacters.Clean(text));

    public override void WriteRaw(string data) => inner.WriteRaw(XmlCharacters.Clean(data));

    public override void WriteRaw(char[] buffer, int index, int count) => inner.WriteRaw(XmlCharacters.Clean(new string(buffer, index, count)));

    public override void WriteCharEntity(char ch)
    {
        if (XmlConvert.IsXmlChar(ch))
        {
            inner.WriteCharEntity(ch);
        }
    }

    public override void WriteSurrogateCharEntity(char lowChar, char highChar)
    {
        if (char.IsSurrogatePair(highChar, lowChar))
        {
            inner.WriteSurrogateCharEntity(lowChar, highChar);
        }
    }

    public override void WriteStartElement(string? prefix, string localName, string? ns) => inner.WriteStartElement(prefix, localName, ns);

    public override void WriteEndElement() => inner.WriteEndElement();

    public override void WriteFullEndElement() => inner.WriteFullEndElement();

    public override void WriteStartAttribute(string? prefix, string localName, string? ns) => inner.WriteStartAttribute(prefix, localName, ns);

    public override void WriteEndAttribute() => inner.WriteEndAttribute();

    public override void WriteStartDocument() => inner.WriteStartDocument();

    public override void WriteStartDocument(bool standalone) => inner.WriteStartDocument(standalone);

    public override void WriteEndDocument() => inner.WriteEndDocument();

    public override void WriteDocType(string name, string? pubid, string? sysid, string? subset) => inner.WriteDocType(name, pubid, sysid, subset);

    public override void WriteEntityRef(string name) => inner.WriteEntityRef(name);

    public override void WriteBase64(byte[] buffer, int index, int count) => inner.WriteBase64(buffer, index, count);

    public override string? LookupPrefix(string ns) => inner.LookupPrefix(ns);

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
