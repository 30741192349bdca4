<?xml version="1.0" encoding="UTF-8"?>
<!-- Shows answers of the OAI-PMH provider to people, with links to ask further. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:oai="http://www.openarchives.org/OAI/2.0/" exclude-result-prefixes="oai">
  <xsl:output method="html" encoding="UTF-8" doctype-system="about:legacy-compat"/>
  <xsl:variable name="base" select="/oai:OAI-PMH/oai:request"/>
  <xsl:variable name="prefix">
    <xsl:choose>
      <xsl:when test="$base/@metadataPrefix"><xsl:value-of select="$base/@metadataPrefix"/></xsl:when>
      <xsl:otherwise>oai_dc</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>

  <xsl:template match="/oai:OAI-PMH">
    <html lang="en">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>OAI-PMH: <xsl:value-of select="$base/@verb"/></title>
        <style>
          :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
          body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
          nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .5rem 0; border-bottom: 1px solid; }
          h1 { font-size: 1.5rem; font-weight: 400; }
          section { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .25rem; margin: .75rem 0; padding: .75rem; overflow-wrap: anywhere; }
          dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1rem; margin: 0; }
          dt { opacity: .75; }
          dd { margin: 0; }
          pre { white-space: pre-wrap; margin: .5rem 0 0; font-size: .875rem; }
          .error { border-color: #c62828; }
          @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
        </style>
      </head>
      <body>
        <nav>
          <a href="?verb=Identify">Identify</a>
          <a href="?verb=ListMetadataFormats">Formats</a>
          <a href="?verb=ListSets">Sets</a>
          <a href="?verb=ListIdentifiers&amp;metadataPrefix={$prefix}">Headers</a>
          <a href="?verb=ListRecords&amp;metadataPrefix={$prefix}">Records</a>
        </nav>
        <h1><xsl:value-of select="$base/@verb"/><xsl:if test="not($base/@verb)">OAI-PMH</xsl:if></h1>
        <p>Answered <xsl:value-of select="oai:responseDate"/> by <xsl:value-of select="$base"/></p>
        <xsl:apply-templates select="oai:*[not(self::oai:responseDate or self::oai:request)]"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="oai:error">
    <section class="error"><strong><xsl:value-of select="@code"/></strong> – <xsl:value-of select="."/></section>
  </xsl:template>

  <xsl:template match="oai:Identify">
    <section><dl>
      <xsl:for-each select="oai:*[not(self::oai:description)]">
        <dt><xsl:value-of select="local-name()"/></dt><dd><xsl:value-of select="."/></dd>
      </xsl:for-each>
    </dl></section>
    <xsl:for-each select="oai:description"><section><xsl:call-template name="source"/></section></xsl:for-each>
  </xsl:template>

  <xsl:template match="oai:ListMetadataFormats">
    <xsl:for-each select="oai:metadataFormat">
      <section><dl>
        <dt>metadataPrefix</dt><dd><a href="?verb=ListRecords&amp;metadataPrefix={oai:metadataPrefix}"><xsl:value-of select="oai:metadataPrefix"/></a></dd>
        <dt>namespace</dt><dd><xsl:value-of select="oai:metadataNamespace"/></dd>
        <dt>schema</dt><dd><xsl:value-of select="oai:schema"/></dd>
      </dl></section>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="oai:ListSets">
    <xsl:for-each select="oai:set">
      <section><dl>
        <dt>setSpec</dt><dd><a href="?verb=ListRecords&amp;metadataPrefix=oai_dc&amp;set={oai:setSpec}"><xsl:value-of select="oai:setSpec"/></a></dd>
        <dt>name</dt><dd><xsl:value-of select="oai:setName"/></dd>
        <xsl:if test="oai:setDescription"><dt>description</dt><dd><xsl:value-of select="oai:setDescription"/></dd></xsl:if>
      </dl></section>
    </xsl:for-each>
    <xsl:apply-templates select="oai:resumptionToken"/>
  </xsl:template>

  <xsl:template match="oai:ListIdentifiers | oai:ListRecords | oai:GetRecord">
    <xsl:apply-templates select="oai:header | oai:record"/>
    <xsl:apply-templates select="oai:resumptionToken"/>
  </xsl:template>

  <xsl:template match="oai:header">
    <section><xsl:call-template name="header"/></section>
  </xsl:template>

  <xsl:template match="oai:record">
    <section>
      <xsl:for-each select="oai:header"><xsl:call-template name="header"/></xsl:for-each>
      <xsl:for-each select="oai:metadata"><xsl:call-template name="source"/></xsl:for-each>
    </section>
  </xsl:template>

  <xsl:template name="header">
    <dl>
      <dt>identifier</dt><dd><a href="?verb=GetRecord&amp;metadataPrefix={$prefix}&amp;identifier={oai:identifier}"><xsl:value-of select="oai:identifier"/></a>
        (<a href="?verb=ListMetadataFormats&amp;identifier={oai:identifier}">formats</a>)</dd>
      <dt>datestamp</dt><dd><xsl:value-of select="oai:datestamp"/><xsl:if test="@status"> – <strong><xsl:value-of select="@status"/></strong></xsl:if></dd>
      <xsl:if test="oai:setSpec"><dt>sets</dt><dd><xsl:for-each select="oai:setSpec">
        <a href="?verb=ListRecords&amp;metadataPrefix={$prefix}&amp;set={.}"><xsl:value-of select="."/></a><xsl:text> </xsl:text>
      </xsl:for-each></dd></xsl:if>
    </dl>
  </xsl:template>

  <xsl:template match="oai:resumptionToken">
    <p><xsl:value-of select="@completeListSize"/> in all, from <xsl:value-of select="@cursor + 1"/> on.
      <xsl:if test=". != ''"><a href="?verb={$base/@verb}&amp;resumptionToken={.}">Next</a></xsl:if></p>
  </xsl:template>

  <!-- Elements as they were written. -->
  <xsl:template name="source"><pre><xsl:apply-templates select="*" mode="source"><xsl:with-param name="indent" select="''"/></xsl:apply-templates></pre></xsl:template>

  <xsl:template match="*" mode="source">
    <xsl:param name="indent"/>
    <xsl:value-of select="concat($indent, '&lt;', name())"/>
    <xsl:for-each select="@*"><xsl:value-of select="concat(' ', name(), '=&quot;', ., '&quot;')"/></xsl:for-each>
    <xsl:text>&gt;</xsl:text>
    <xsl:choose>
      <xsl:when test="*"><xsl:text>&#10;</xsl:text>
        <xsl:apply-templates select="*" mode="source"><xsl:with-param name="indent" select="concat($indent, '  ')"/></xsl:apply-templates>
        <xsl:value-of select="$indent"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
    </xsl:choose>
    <xsl:value-of select="concat('&lt;/', name(), '&gt;&#10;')"/>
  </xsl:template>
</xsl:stylesheet>
